import * as decoding from 'lib0/decoding';
import { afterEach, beforeEach, vi } from 'vitest';
import * as Y from 'yjs';
import { MixDocument, newMix, transactChanges } from '../../doc';
import { type Target, targetKey } from '../../mix';
import { relayHand } from '../../protocol';
import { createStore, Scope } from '../../std';
import { HeardMix } from '../heard/heard-mix';
import { sharedLayer } from '../heard/layer';
import type { Gesture, Person } from '../types';
import { LiveDesk } from './desk';

export const FADER: Target = { on: 'strip', id: 'kick', parameter: 'fader' };
export const PAN: Target = { on: 'strip', id: 'kick', parameter: 'pan' };
export const LEVEL: Target = { on: 'send', id: 'kick>room', parameter: 'level' };

let scope: Scope;
export let here: Person[];
export const rooms = createStore<readonly Person[]>([]);

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

export interface Seat {
  readonly desk: LiveDesk;
  readonly doc: Y.Doc;
  readonly client: number;
  readonly document: MixDocument;
  /** What the seat hears. */
  readonly layers: HeardMix;
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
    const sounds: Seat['heard'] = [];
    const shared = sharedLayer(document);
    const heard = new HeardMix(shared, writable);
    const letGo: string[] = [];
    const song: Seat['song'] = { playing: createStore(false), at: 0 };
    const mixes: boolean[] = [];
    let updates = 0;
    here.push({
      client,
      user: { id: name, name, color: index },
      role: 'mixer',
      selected: null,
      together: true,
      alone: null,
      following: null,
      hands: [],
      me: false,
    });
    const desk = new LiveDesk({
      heard,
      engine: {
        setMix: (_mix, remote) => {
          mixes.push(remote);
          sounds.splice(0);
        },
        setValue: (target, value, remote) => sounds.push({ target: targetKey(target), value, remote }),
        letGo: (target) => letGo.push(targetKey(target)),
        player: { playing: song.playing, position: () => song.at },
      },
      client,
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
    const seat: Seat = {
      desk,
      doc,
      client,
      document,
      heard: sounds,
      layers: heard,
      mixes,
      letGo,
      song,
      writable,
      updates: () => updates,
      holding: [],
      frames: 0,
    };
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

export function two() {
  const made = table('Ana', 'Ben');
  const [ana, ben] = made.seats;
  if (!ana || !ben) throw new Error('two seats');
  return { ana, ben, ...made };
}

export function grabbed(seat: Seat, ...targets: Target[]): Gesture {
  const grab = seat.desk.grab(targets);
  if (!grab.ok) throw new Error(grab.error);
  return grab.value;
}
export const kept = (seat: Seat, target: Target = FADER) => {
  const mix = seat.desk.mix.get();
  if (target.on === 'strip') return mix.strips.get(target.id)?.values[target.parameter];
  return target.on === 'send' ? mix.sends.get(target.id)?.values[target.parameter] : undefined;
};
