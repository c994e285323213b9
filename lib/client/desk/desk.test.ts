import * as decoding from 'lib0/decoding';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { MixDocument, newMix, transactChanges } from '../../doc';
import { addPoint, laneValue, rowOf, type Target, targetKey } from '../../mix';
import { relayHand } from '../../protocol';
import { createStore, Scope } from '../../std';
import type { Gesture, Person } from '../types';
import { LiveDesk } from './desk';

const FADER: Target = { on: 'strip', id: 'kick', parameter: 'fader' };
const PAN: Target = { on: 'strip', id: 'kick', parameter: 'pan' };
const LEVEL: Target = { on: 'send', id: 'kick>room', parameter: 'level' };

let scope: Scope;
let here: Person[];
const rooms = createStore<readonly Person[]>([]);

beforeEach(() => {
  vi.useFakeTimers();
  scope = new Scope();
  here = [];
  rooms.set([]);
});
afterEach(() => {
  scope.close();
  vi.useRealTimers();
});

interface Seat {
  readonly desk: LiveDesk;
  readonly doc: Y.Doc;
  readonly client: number;
  readonly heard: { target: string; value: number; remote: boolean }[];
  /** Of each mix the sound was given, whether somebody else had changed it. */
  readonly mixes: boolean[];
  readonly writable: ReturnType<typeof createStore<boolean>>;
  readonly updates: () => number;
  readonly song: { readonly playing: ReturnType<typeof createStore<boolean>>; at: number };
  readonly letGo: readonly string[];
  holding: readonly string[];
  frames: number;
}

/** People at one mix: documents and hands reach the others at once, unless `late` holds documents back. */
function table(...names: string[]) {
  const base = new Y.Doc();
  newMix(base);
  transactChanges(
    base,
    [{ do: 'put', map: 'strips', id: 'kick', fields: { kind: 'stem', name: 'Kick', order: 'a1', output: 'master' } }],
    'repair',
  );
  const seats: Seat[] = [];
  let late: (() => void)[] | null = null;
  for (const [index, name] of names.entries()) {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(base), 'line');
    const client = index + 1;
    const document = new MixDocument(doc);
    scope.add(() => document.close());
    const writable = createStore(true);
    const heard: Seat['heard'] = [];
    const letGo: string[] = [];
    const song: Seat['song'] = { playing: createStore(false), at: 0 };
    const mixes: boolean[] = [];
    let updates = 0;
    here.push({ client, user: { id: name, name, color: index }, role: 'mixer', selected: null, together: true, hands: [], me: false });
    const desk = new LiveDesk({
      document,
      engine: {
        setMix: (_mix, remote) => {
          mixes.push(remote);
          heard.splice(0);
        },
        setValue: (target, value, remote) => heard.push({ target: targetKey(target), value, remote }),
        letGo: (target) => letGo.push(targetKey(target)),
        player: { playing: song.playing, position: () => song.at },
      },
      client,
      writable,
      here: rooms,
      send: (frame) => {
        seat.frames++;
        const decoder = decoding.createDecoder(frame);
        decoding.readVarUint(decoder);
        const payload = decoding.readVarUint8Array(decoder);
        for (const other of seats) if (other !== seat) other.desk.takeHand(relayHand(client, payload));
      },
      holding: (keys) => {
        seat.holding = keys;
      },
      now: () => performance.now(),
      scope,
    });
    const seat: Seat = { desk, doc, client, heard, mixes, letGo, song, writable, updates: () => updates, holding: [], frames: 0 };
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'line') return;
      updates++;
      const pass = () => {
        for (const other of seats) if (other !== seat) Y.applyUpdate(other.doc, update, 'line');
      };
      if (late) late.push(pass);
      else pass();
    });
    seats.push(seat);
  }
  rooms.set(here);
  return {
    seats,
    hold: () => {
      late = [];
    },
    deliver: () => {
      for (const pass of late ?? []) pass();
      late = null;
    },
  };
}

function two() {
  const made = table('Ana', 'Ben');
  const [ana, ben] = made.seats;
  if (!ana || !ben) throw new Error('two seats');
  return { ana, ben, ...made };
}

function grabbed(seat: Seat, ...targets: Target[]): Gesture {
  const grab = seat.desk.grab(targets);
  if (!grab.ok) throw new Error(grab.error);
  return grab.value;
}
const kept = (seat: Seat, target: Target = FADER) => {
  const mix = seat.desk.mix.get();
  if (target.on === 'strip') return mix.strips.get(target.id)?.values[target.parameter];
  return target.on === 'send' ? mix.sends.get(target.id)?.values[target.parameter] : undefined;
};

describe('a hand on a control', () => {
  it('is seen and heard by all while it moves, and is one change of the mix', () => {
    const { ana, ben } = two();
    const seen: number[] = [];
    ben.desk.value(FADER).subscribe(() => seen.push(ben.desk.value(FADER).get()));
    const gesture = grabbed(ana, FADER);
    expect(ben.desk.hand(FADER).get()?.user.name).toBe('Ana');
    for (let step = 1; step <= 5; step++) {
      gesture.move(-step);
      vi.advanceTimersByTime(25);
    }
    expect(seen).toEqual([-1, -2, -3, -4, -5]);
    expect(ben.heard.at(-1)).toEqual({ target: 'strip/kick/fader', value: -5, remote: true });
    expect(kept(ben)).toBeUndefined();
    expect(ana.holding).toEqual(['strip/kick/fader']);
    gesture.release();
    expect(kept(ben)).toBe(-5);
    expect(ben.desk.value(FADER).get()).toBe(-5);
    expect(ben.desk.hand(FADER).get()).toBeNull();
    expect(ana.updates()).toBe(1);
    expect(ana.holding).toEqual([]);
  });

  it('lets the rises it leaves be limited at the others alone, those of an undo too', () => {
    const { ana, ben } = two();
    for (const seat of [ana, ben]) seat.mixes.splice(0);
    const gesture = grabbed(ana, FADER);
    gesture.move(6);
    gesture.release();
    ana.desk.undo();
    expect(ana.mixes).toEqual([false, false]);
    expect(ben.mixes).toEqual([true, true]);
    ben.desk.set([FADER, 3]);
    expect(ben.mixes).toEqual([true, true, false]);
    expect(ana.mixes).toEqual([false, false, true]);
  });

  it('writes at most five times a second in between, all one step of undo', () => {
    const { ana } = two();
    const gesture = grabbed(ana, FADER);
    for (let ms = 0; ms < 2000; ms += 10) {
      gesture.move(-ms / 100);
      vi.advanceTimersByTime(10);
    }
    gesture.release();
    expect(ana.updates()).toBeGreaterThan(5);
    expect(ana.updates()).toBeLessThanOrEqual(11);
    ana.desk.undo();
    expect(kept(ana)).toBeUndefined();
    expect(ana.desk.canUndo.get()).toBe(false);
    ana.desk.redo();
    expect(kept(ana)).toBe(-19.9);
  });

  it('sends at most sixty messages a second', () => {
    const { ana } = two();
    const gesture = grabbed(ana, FADER, PAN);
    for (let ms = 0; ms < 1000; ms += 2) {
      gesture.move(-ms / 100, ms / 10);
      vi.advanceTimersByTime(2);
    }
    gesture.release();
    expect(ana.frames).toBeLessThanOrEqual(60);
    expect(ana.frames).toBeGreaterThan(40);
  });

  it('yields to nobody: a second hand hears who has it', () => {
    const { ana, ben } = two();
    grabbed(ana, FADER);
    const refused = ben.desk.grab([PAN, FADER]);
    expect(refused.ok ? '' : refused.error).toContain('Ana');
    expect(ben.desk.set([FADER, 0]).ok).toBe(false);
    expect(ben.desk.apply([{ do: 'put', map: 'strips', id: 'kick', fields: { fader: -1 } }]).ok).toBe(false);
    expect(ben.desk.grab([PAN]).ok).toBe(true);
  });

  it('two who take it in the same moment agree who has it', () => {
    const { ana, ben } = two();
    const first = grabbed(ana, FADER);
    // Ben’s page had not heard of it yet: take Ana's hand away from its sight, and grab.
    rooms.set(here.filter((person) => person.client !== ana.client));
    const second = grabbed(ben, FADER);
    rooms.set(here);
    second.move(-40);
    first.move(-3);
    vi.advanceTimersByTime(50);
    second.move(-50);
    vi.advanceTimersByTime(300);
    expect(ana.desk.value(FADER).get()).toBe(-3);
    expect(ben.desk.value(FADER).get()).toBe(-3);
    expect(ben.desk.hand(FADER).get()?.client).toBe(ana.client);
    first.release();
    second.release();
    expect(kept(ana)).toBe(-3);
    expect(kept(ben)).toBe(-3);
  });

  it('cancel puts everything back, also what was written meanwhile', () => {
    const { ana, ben } = two();
    ana.desk.set([FADER, -2]);
    const gesture = grabbed(ana, FADER, PAN);
    gesture.move(-30, 50);
    vi.advanceTimersByTime(1000);
    expect(kept(ben)).toBe(-30);
    gesture.cancel();
    gesture.move(-9, 9);
    gesture.release();
    for (const seat of [ana, ben]) {
      expect(kept(seat)).toBe(-2);
      expect(kept(seat, PAN)).toBeUndefined();
      expect(seat.desk.value(FADER).get()).toBe(-2);
    }
  });

  it('lets go when its page leaves, and after ten silent seconds', () => {
    const { ana, ben } = two();
    const gesture = grabbed(ana, FADER);
    gesture.move(-7);
    rooms.set(here.filter((person) => person.client !== ana.client));
    expect(ben.desk.value(FADER).get()).toBe(0);
    expect(ben.desk.grab([FADER]).ok).toBe(true);

    const silent = two();
    silent.ben.desk.takeHand(
      relayHand(77, new Uint8Array([0, 1, 16, ...new TextEncoder().encode('strip/kick/fader'), 0xc0, 0, 0, 0, 0, 0, 0, 0])),
    );
    expect(silent.ben.desk.value(FADER).get()).toBe(-2);
    expect(silent.ben.desk.grab([FADER]).ok).toBe(false);
    vi.advanceTimersByTime(11_000);
    expect(silent.ben.desk.value(FADER).get()).toBe(0);
    expect(silent.ben.desk.grab([FADER]).ok).toBe(true);
  });

  it('a hand that rests for a minute still has it', () => {
    const { ana, ben } = two();
    grabbed(ana, FADER).move(-4);
    vi.advanceTimersByTime(60_000);
    expect(ben.desk.hand(FADER).get()?.client).toBe(ana.client);
    expect(ben.desk.value(FADER).get()).toBe(-4);
  });

  it('does not jump back where the message of letting go overtakes the change', () => {
    const { ana, ben, hold, deliver } = two();
    const seen: number[] = [];
    const value = ben.desk.value(FADER);
    value.subscribe(() => seen.push(value.get()));
    hold();
    const gesture = grabbed(ana, FADER);
    gesture.move(-8);
    gesture.release();
    expect(value.get()).toBe(-8);
    expect(ben.desk.hand(FADER).get()).toBeNull();
    deliver();
    vi.advanceTimersByTime(5000);
    expect(seen).toEqual([-8]);
  });

  it('a moving hand stays heard over a mix that changes elsewhere', () => {
    const { ana, ben } = two();
    const gesture = grabbed(ana, FADER);
    gesture.move(-11);
    vi.advanceTimersByTime(50);
    ben.desk.set([PAN, 30]);
    expect(ana.heard).toContainEqual({ target: 'strip/kick/fader', value: -11, remote: false });
    expect(ben.heard).toContainEqual({ target: 'strip/kick/fader', value: -11, remote: true });
  });

  it('nonsense from the line moves nothing', () => {
    const { ben } = two();
    ben.desk.takeHand(new Uint8Array([103]));
    ben.desk.takeHand(new Uint8Array([103, 5, 3, 9, 9, 9]));
    const key = new TextEncoder().encode('strip/none/fader');
    ben.desk.takeHand(relayHand(9, new Uint8Array([0, 1, key.length, ...key, 0xc0, 0, 0, 0, 0, 0, 0, 0])));
    expect(ben.heard).toEqual([]);
  });
});

describe('setting and applying', () => {
  it('keeps only what differs from the default, within its range', () => {
    const { ana, ben } = two();
    expect(ana.desk.set([FADER, 99], [LEVEL, -12]).ok).toBe(true);
    expect(kept(ben)).toBe(10);
    expect(kept(ben, LEVEL)).toBe(-12);
    ana.desk.set([FADER, 0]);
    expect(kept(ben)).toBeUndefined();
    expect(ana.desk.set([{ on: 'strip', id: 'nobody', parameter: 'fader' }, 0]).ok).toBe(false);
  });

  it('undo takes back mine and leaves what somebody else has set since', () => {
    const { ana, ben } = two();
    ana.desk.set([FADER, -3]);
    ben.desk.set([PAN, 20]);
    ben.desk.set([FADER, -9]);
    ana.desk.undo();
    expect(kept(ana)).toBe(-9);
    expect(kept(ana, PAN)).toBe(20);
  });

  it('a role that only listens moves nothing, also in the middle of a gesture', () => {
    const { ana, ben } = two();
    const gesture = grabbed(ana, FADER);
    gesture.move(-20);
    ana.writable.set(false);
    gesture.move(-30);
    gesture.release();
    expect(kept(ben)).toBeUndefined();
    expect(ana.desk.value(FADER).get()).toBe(0);
    for (const tried of [ana.desk.grab([FADER]), ana.desk.set([FADER, 1]), ana.desk.apply([])]) {
      expect(tried.ok ? '' : tried.error).toMatch(/owner/);
    }
  });
});

describe('automation', () => {
  const lane = (seat: Seat) => seat.desk.mix.get().automation.get('strip/kick/fader');
  const draw = (seat: Seat, ...points: readonly (readonly [number, number])[]) => {
    for (const [at, value] of points) seat.desk.apply(addPoint(seat.desk.mix.get(), FADER, { at, value, curve: 'linear' }));
  };
  /** The song plays on by so many seconds, with the page's timers. */
  const play = (seat: Seat, seconds: number, each: (at: number) => void = () => {}) => {
    for (let step = 0; step < seconds * 20; step++) {
      seat.song.at += 0.05;
      each(seat.song.at);
      vi.advanceTimersByTime(50);
    }
  };
  const laneAt = (seat: Seat, at: number) => {
    const row = rowOf(seat.desk.mix.get(), FADER);
    return row && laneValue(row, lane(seat)?.points ?? [], at);
  };

  it('a control shows where its lane has it; a hand overrides it and leaves nothing behind', () => {
    const { ana, ben } = two();
    draw(ana, [0, -20], [10, 0]);
    ana.song.at = 5;
    vi.advanceTimersByTime(200);
    expect(ana.desk.value(FADER).get()).toBeCloseTo(-10, 6);
    const gesture = grabbed(ana, FADER);
    gesture.move(-3);
    vi.advanceTimersByTime(500);
    expect(ben.desk.value(FADER).get()).toBe(-3);
    gesture.release();
    expect(ana.letGo).toContain('strip/kick/fader');
    expect(ana.desk.value(FADER).get()).toBeCloseTo(-10, 6);
    expect(kept(ana)).toBeUndefined();
    expect(ana.desk.set([FADER, -1]).ok).toBe(false);
  });

  it('touch writes while the hand is on the control, in one change, thinned, that one step takes back', () => {
    const { ana, ben } = two();
    ana.desk.setWritingMode('kick', 'touch');
    ana.song.playing.set(true);
    play(ana, 1);
    const before = ana.updates();
    const gesture = grabbed(ana, FADER);
    play(ana, 4, (at) => gesture.move(-2 * at));
    gesture.release();
    expect(ana.updates()).toBe(before + 1);
    expect(lane(ben)?.points.length).toBeLessThan(8);
    expect(laneAt(ben, 3)).toBeCloseTo(-6, 0);
    expect(laneAt(ben, 0.5)).toBe(0);
    expect(laneAt(ben, 6)).toBe(0);
    ana.desk.undo();
    expect(lane(ben)?.points ?? []).toEqual([]);
    expect(kept(ana)).toBeUndefined();
  });

  it('a hand that rested is a flat line, not a slope', () => {
    const { ana } = two();
    ana.desk.setWritingMode('kick', 'touch');
    ana.song.playing.set(true);
    const gesture = grabbed(ana, FADER);
    gesture.move(-6);
    play(ana, 3);
    gesture.move(-20);
    play(ana, 1);
    gesture.release();
    expect(laneAt(ana, 2.5)).toBe(-6);
    expect(laneAt(ana, 3.5)).toBe(-20);
  });

  it('latch stays where the hand left it until the song stops, and shows it to the others so long', () => {
    const { ana, ben } = two();
    ana.desk.setWritingMode('kick', 'latch');
    ana.song.playing.set(true);
    play(ana, 1);
    const gesture = grabbed(ana, FADER);
    gesture.move(-9);
    gesture.release();
    play(ana, 5);
    expect(ana.desk.value(FADER).get()).toBe(-9);
    expect(ben.desk.hand(FADER).get()?.user.name).toBe('Ana');
    expect(lane(ana)).toBeUndefined();
    ana.song.playing.set(false);
    expect(laneAt(ana, 5)).toBe(-9);
    expect(ben.desk.hand(FADER).get()).toBeNull();
  });

  it('write overwrites the lanes of its strip from the start of the song’s playing on', () => {
    const { ana } = two();
    draw(ana, [0, -20], [2, 0], [4, -20]);
    ana.desk.setWritingMode('kick', 'write');
    ana.song.playing.set(true);
    play(ana, 3);
    ana.song.playing.set(false);
    expect(laneAt(ana, 2)).toBe(-20);
    expect(laneAt(ana, 3.5)).toBeCloseTo(-15, 1);
  });

  it('a loop ends the pass and begins another', () => {
    const { ana } = two();
    ana.desk.setWritingMode('kick', 'latch');
    ana.song.playing.set(true);
    ana.song.at = 4;
    const gesture = grabbed(ana, FADER);
    gesture.move(-5);
    play(ana, 1);
    ana.song.at = 2;
    play(ana, 1);
    gesture.move(-8);
    play(ana, 0.5);
    ana.song.playing.set(false);
    expect([2.5, 4.5].map((at) => laneAt(ana, at))).toEqual([-5, -5]);
    expect(laneAt(ana, 3.3)).toBe(-8);
  });
});
