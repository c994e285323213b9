import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Role } from '../../access';
import type { EngineState } from '../../audio';
import type { Alone, Anchor, TransportAction } from '../../protocol';
import { createStore, err, ok, type Result, Scope } from '../../std';
import { LiveTransport } from './transport';

/** Server time is ahead of this machine's by so many milliseconds. */
const OFFSET = 1_000_000;

let scope: Scope;
beforeEach(() => {
  vi.useFakeTimers();
  scope = new Scope();
});
afterEach(() => {
  scope.close();
  vi.useRealTimers();
});

const now = () => performance.now();

/** A player that does what it is told, exactly `late` milliseconds late. */
function player() {
  const playing = createStore(false);
  const waiting = createStore(false);
  const told: string[] = [];
  let start = { position: 0, at: 0 };
  const it = {
    told,
    late: 0,
    playing,
    waiting,
    ready: createStore(true),
    corrections: createStore(0),
    play(position: number, at = now()) {
      start = { position, at: at + it.late };
      told.push(`play ${position.toFixed(3)} in ${Math.round(at - now())}`);
      playing.set(true);
    },
    stop(position?: number) {
      start = { position: position ?? it.position(), at: now() };
      told.push(`stop ${position ?? ''}`.trim());
      playing.set(false);
    },
    seek(position: number) {
      start = { position, at: now() };
      told.push(`seek ${position}`);
    },
    setLoop: (loop: { from: number; until: number } | null) => void told.push(loop ? `loop ${loop.from}–${loop.until}` : 'no loop'),
    position: () => (playing.get() ? start.position + (now() - start.at) / 1000 : start.position),
    follow(position: number, at: number) {
      const error = (position - (start.position + (at - start.at) / 1000)) * 1000;
      told.push(`follow ${Math.round(error)}`);
      start = { ...start, at: start.at - error };
      return error;
    },
  };
  return it;
}

function table(role: Role = 'mixer') {
  const state = createStore<EngineState>({ state: 'idle' });
  const sound = player();
  const anchor = createStore<Anchor | null>(null);
  const connected = createStore(true);
  const led = createStore<Alone | 'together' | null>(null);
  const asked: TransportAction[] = [];
  const notices: string[] = [];
  const song = { seconds: 0 };
  const company = { there: true };
  const clock = {
    known: true,
    bound: 0.4 as number | null,
    toServer: (local: number) => local + OFFSET,
    toLocal: (server: number) => server - OFFSET,
  };
  let answer: Result<Anchor, string> | null = null;
  const transport = new LiveTransport({
    engine: {
      state,
      player: sound,
      start: async () => {
        state.set({ state: 'running' });
      },
    },
    clock,
    anchor,
    connected,
    role: createStore<Role>(role),
    length: () => song.seconds,
    led,
    leave: () => led.set(null),
    accompanied: () => company.there,
    act: async (action) => {
      asked.push(action);
      return answer ?? ok(anchor.get() ?? rest);
    },
    notify: ({ text }) => notices.push(text),
    now,
    scope,
  });
  return {
    transport,
    led,
    song,
    company,
    sound,
    state,
    anchor,
    connected,
    asked,
    notices,
    clock,
    refuse: (why: string) => {
      answer = err(why);
    },
  };
}

const rest: Anchor = { playing: false, position: 0, at: OFFSET, loop: null, by: null, version: 1 };
const running = (position: number, at: number, version = 2): Anchor => ({ ...rest, playing: true, position, at: at + OFFSET, version });

describe('together', () => {
  it('play asks the service in the gesture that starts the sound, and all begin at the anchor', async () => {
    const { transport, sound, anchor, asked, state } = table();
    anchor.set(rest);
    transport.play();
    expect(state.get().state).toBe('running');
    expect(asked).toEqual([{ action: 'play', position: 0 }]);
    anchor.set(running(0, now() + 150));
    expect(sound.told.at(-1)).toBe('play 0.000 in 150');
    expect(transport.playing.get()).toBe(true);
  });

  it('who comes late drops into the running song once there is sound', () => {
    const { transport, sound, anchor } = table();
    anchor.set(running(10, now() - 5000));
    expect(transport.playing.get()).toBe(true);
    expect(transport.position()).toBeCloseTo(15, 6);
    expect(sound.told).toEqual([]);
    transport.play();
    expect(sound.told.at(-1)).toBe('play 15.080 in 80');
  });

  it('waits for the clock before it joins', () => {
    const { sound, anchor, clock, state } = table();
    clock.known = false;
    state.set({ state: 'running' });
    anchor.set(running(10, now() - 5000));
    vi.advanceTimersByTime(200);
    expect(sound.told.filter((one) => one.startsWith('play'))).toEqual([]);
    clock.known = true;
    vi.advanceTimersByTime(60);
    expect(sound.told.filter((one) => one.startsWith('play')).length).toBe(1);
  });

  it('follows the anchor every two seconds and tells how exactly', () => {
    const { transport, sound, anchor, state } = table();
    state.set({ state: 'running' });
    sound.late = 12;
    anchor.set(running(0, now() + 100));
    vi.advanceTimersByTime(600);
    expect(sound.told.at(-1)).toBe('follow 12');
    expect(transport.exactness.get()).toBeCloseTo(12.4, 6);
    vi.advanceTimersByTime(12_000);
    expect(sound.told.at(-1)).toBe('follow 0');
    expect(transport.exactness.get()).toBeCloseTo(0.4, 6);
  });

  it('23: claims no exactness on a line that is gone, and does again on the next', () => {
    const { transport, anchor, state, connected } = table();
    state.set({ state: 'running' });
    anchor.set(running(0, now() + 100));
    vi.advanceTimersByTime(13_000);
    connected.set(false);
    expect(transport.exactness.get()).toBeNull();
    vi.advanceTimersByTime(5000);
    expect(transport.exactness.get()).toBeNull();
    connected.set(true);
    expect(transport.exactness.get()).not.toBeNull();
  });

  it('pulls at nobody who listens alone, until somebody joins', () => {
    const { transport, company, sound, anchor, state } = table();
    state.set({ state: 'running' });
    company.there = false;
    sound.late = 12;
    anchor.set(running(0, now() + 100));
    vi.advanceTimersByTime(10_000);
    expect(sound.told.filter((one) => one.startsWith('follow'))).toEqual([]);
    expect(transport.exactness.get()).toBeCloseTo(0.4, 6);
    company.there = true;
    vi.advanceTimersByTime(2000);
    expect(sound.told.at(-1)).toBe('follow 12');
  });

  it('does not pull at a player that waits for data', () => {
    const { sound, anchor, state } = table();
    state.set({ state: 'running' });
    anchor.set(running(0, now()));
    sound.waiting.set(true);
    vi.advanceTimersByTime(10_000);
    expect(sound.told.filter((one) => one.startsWith('follow'))).toEqual([]);
  });

  it('stop, seek and loop go to all; this machine does them when the anchor says so', () => {
    const { transport, sound, anchor, asked, state } = table();
    state.set({ state: 'running' });
    anchor.set(running(5, now()));
    sound.told.length = 0;
    transport.seek(42);
    transport.setLoop({ from: 40, until: 44 });
    transport.stop();
    expect(asked.map(({ action }) => action)).toEqual(['seek', 'loop', 'stop']);
    expect(sound.told).toEqual([]);
    anchor.set({ ...rest, position: 42, loop: { from: 40, until: 44 }, version: 3 });
    expect(sound.told).toEqual(['loop 40–44', 'stop 42']);
    expect(transport.loop.get()).toEqual({ from: 40, until: 44 });
    anchor.set({ ...rest, position: 7, loop: { from: 40, until: 44 }, version: 4 });
    expect(sound.told.at(-1)).toBe('seek 7');
  });

  it('who is alone begins at once and says when; the anchor that says the same changes nothing', () => {
    const { transport, company, sound, anchor, asked, state } = table();
    company.there = false;
    state.set({ state: 'running' });
    anchor.set({ ...rest, position: 5 });
    transport.play();
    expect(sound.told.at(-1)).toBe('play 5.000 in 65');
    const at = now() + 65 + OFFSET;
    expect(asked).toEqual([{ action: 'play', position: 5, at }]);
    sound.told.length = 0;
    anchor.set({ ...rest, playing: true, position: 5, at, version: 2 });
    expect(sound.told).toEqual([]);
    expect(transport.playing.get()).toBe(true);
    transport.seek(30);
    expect(sound.told).toEqual(['play 30.000 in 65']);
    anchor.set({ ...rest, playing: true, position: 30, at: at + 20_000, version: 3 });
    expect(sound.told.at(-1)).toMatch(/^play 30.000 in /);
    expect(sound.told.length).toBe(2);
  });

  it('who began alone stops again when the service refuses', async () => {
    const { transport, company, sound, anchor, refuse, state } = table();
    company.there = false;
    state.set({ state: 'running' });
    anchor.set({ ...rest, position: 5 });
    refuse('Too many calls; wait a moment.');
    transport.play();
    await vi.advanceTimersByTimeAsync(0);
    expect(sound.told.at(-1)).toBe('stop 5');
  });

  it('a listener hears along, and is told why it cannot start the song', () => {
    const { transport, sound, anchor, asked, notices } = table('listener');
    anchor.set(rest);
    transport.play();
    transport.seek(3);
    expect(asked).toEqual([]);
    expect(notices[0]).toMatch(/On my own/);
    anchor.set(running(0, now() + 150));
    expect(sound.told.at(-1)).toBe('play 0.000 in 150');
  });

  it('says what the service says when it refuses', async () => {
    const { transport, anchor, notices, refuse } = table();
    anchor.set(rest);
    refuse('Too many calls; wait a moment.');
    transport.seek(3);
    await vi.advanceTimersByTimeAsync(0);
    expect(notices).toEqual(['Too many calls; wait a moment.']);
  });

  it('plays on its own when nobody can be reached, and says so', () => {
    const { transport, sound, anchor, connected, notices } = table();
    anchor.set(rest);
    connected.set(false);
    transport.play();
    expect(transport.together.get()).toBe(false);
    expect(sound.playing.get()).toBe(true);
    expect(notices.length).toBe(1);
  });
});

describe('the end of the song', () => {
  it('stops there for all once it has rung out, but never inside a loop', () => {
    const { anchor, asked, song, state } = table();
    state.set({ state: 'running' });
    song.seconds = 100;
    anchor.set(running(99, now()));
    vi.advanceTimersByTime(3500);
    expect(asked).toEqual([]);
    vi.advanceTimersByTime(2600);
    expect(asked[0]).toEqual({ action: 'stop', position: 100 });
    asked.length = 0;
    anchor.set({ ...running(99, now(), 3), loop: { from: 90, until: 100 } });
    vi.advanceTimersByTime(30_000);
    expect(asked).toEqual([]);
  });

  it('play begins again where the song rests at its end', () => {
    const { transport, anchor, asked, song } = table();
    song.seconds = 100;
    anchor.set({ ...rest, position: 100 });
    transport.play();
    expect(asked).toEqual([{ action: 'play', position: 0 }]);
  });

  it('on my own it stops here', () => {
    const { transport, sound, song } = table();
    song.seconds = 100;
    transport.setTogether(false);
    transport.seek(99);
    transport.play();
    vi.advanceTimersByTime(6100);
    expect(sound.told.at(-1)).toBe('stop 100');
  });
});

describe('on my own', () => {
  it('acts here alone, and comes back into the running song', () => {
    const { transport, sound, anchor, asked, state } = table();
    state.set({ state: 'running' });
    anchor.set(running(0, now()));
    transport.setTogether(false);
    expect(transport.playing.get()).toBe(true);
    transport.stop();
    transport.seek(90);
    transport.setLoop({ from: 90, until: 91 });
    transport.play();
    anchor.set(running(50, now(), 9));
    expect(asked).toEqual([]);
    expect(transport.exactness.get()).toBeNull();
    expect(sound.position()).toBeCloseTo(90, 6);
    vi.advanceTimersByTime(1000);
    transport.setTogether(true);
    expect(sound.told.slice(-2)).toEqual(['no loop', 'play 51.080 in 80']);
    expect(transport.loop.get()).toBeNull();
  });

  it('coming back to a song at rest stops there', () => {
    const { transport, sound, anchor } = table();
    anchor.set({ ...rest, position: 12 });
    transport.setTogether(false);
    transport.play();
    expect(transport.playing.get()).toBe(true);
    transport.setTogether(true);
    expect(sound.told.at(-1)).toBe('stop 12');
    expect(transport.playing.get()).toBe(false);
  });
});

describe('following somebody', () => {
  const alone = (position: number, at: number, playing = true): Alone => ({ playing, position, at, loop: null });
  /** The sound runs, for everybody at rest at the beginning. */
  const running = async (transport: LiveTransport, sound: ReturnType<typeof player>) => {
    transport.setTogether(false);
    transport.play();
    await vi.advanceTimersByTimeAsync(0);
    transport.stop();
    sound.seek(0);
    transport.setTogether(true);
  };

  it('who plays on their own is heard as they hear it; their word of where they are moves nothing', async () => {
    const { transport, led, sound } = table();
    await running(transport, sound);
    led.set(alone(10, now() + OFFSET));
    expect([transport.together.get(), transport.playing.get(), sound.told.at(-1)]).toEqual([false, true, 'play 10.080 in 80']);
    const told = sound.told.length;
    vi.advanceTimersByTime(1000);
    led.set(alone(11.02, now() + OFFSET));
    expect(sound.told.slice(told).filter((what) => what.startsWith('play'))).toEqual([]);
    led.set(alone(40, now() + OFFSET));
    expect(sound.told.at(-1)).toBe('play 40.080 in 80');
    led.set(alone(41, now() + OFFSET, false));
    expect([transport.playing.get(), sound.told.at(-1)]).toEqual([false, 'stop 41']);
  });

  it('who comes back to the others takes me along; any own action ends it', async () => {
    const { transport, led, sound } = table();
    await running(transport, sound);
    led.set(alone(10, now() + OFFSET));
    led.set('together');
    expect(transport.together.get()).toBe(true);
    led.set(alone(10, now() + OFFSET));
    transport.stop();
    expect([led.get(), transport.together.get(), transport.playing.get()]).toEqual([null, false, false]);
  });

  it('on my own I tell where I am, once, and again when I go elsewhere', async () => {
    const { transport, sound } = table();
    await running(transport, sound);
    const heard: (Alone | null)[] = [];
    transport.alone.subscribe(() => heard.push(transport.alone.get()));
    transport.setTogether(false);
    transport.play();
    vi.advanceTimersByTime(6000);
    transport.seek(30);
    transport.stop();
    transport.setTogether(true);
    expect(heard.map((one) => one && [one.playing, Math.round(one.position)])).toEqual([
      [false, 0],
      [true, 0],
      [true, 30],
      [false, 30],
      null,
    ]);
    expect(transport.positionOf(alone(5, now() + OFFSET - 2000))).toBeCloseTo(7);
  });
});
