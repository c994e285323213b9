import { beforeEach, expect } from 'vitest';
import * as Y from 'yjs';
import { newMix } from '../../lib/doc';
import { decodeUpdate, Refusal } from './decoded-update';
import { Gate } from './gate';

/** Made anew before each test of whoever imports this. */
export let doc: Y.Doc;
export let owners: Map<number, string>;
export let gate: Gate;
/** What was admitted and is under way, as a room keeps it. */
let underWay: Uint8Array[];
let now: number;

export function open(bytes = 5 * 1024 * 1024) {
  doc = new Y.Doc();
  newMix(doc);
  owners = new Map([[doc.clientID, '']]);
  now = 0;
  gate = new Gate(doc, owners, bytes, () => now);
  underWay = [];
}
beforeEach(() => open());

export function pass(ms: number): void {
  now += ms;
}

/** A client in step with the document; the result makes the update of a change. */
export function clientOf(source = doc): (change: (own: Y.Doc) => void) => Uint8Array {
  const own = new Y.Doc();
  Y.applyUpdate(own, Y.encodeStateAsUpdate(source));
  return (change) => {
    const before = Y.encodeStateVector(own);
    own.transact(() => change(own));
    return Y.encodeStateAsUpdate(own, before);
  };
}

export function admit(bytes: Uint8Array, user = 'ann') {
  const verdict = gate.admit(decodeUpdate(bytes), user, () => underWay);
  if (verdict === 'new') underWay.push(bytes);
  return verdict;
}

/** Refused, with the shadow as it was before: not made again, for that costs half a second where the document is heavy. */
export function refused(bytes: Uint8Array, why: string | RegExp, user = 'ann'): void {
  const shadow = gate.ahead;
  const before = Y.encodeStateAsUpdate(shadow);
  expect(() => admit(bytes, user)).toThrow(Refusal);
  expect(() => admit(bytes, user)).toThrow(why);
  expect(Y.encodeStateAsUpdate(gate.ahead)).toEqual(before);
  expect(gate.ahead).toBe(shadow);
}

export const strip = (own: Y.Doc, id = 'room') => {
  const record = own.getMap<unknown>('strips').get(id);
  if (!(record instanceof Y.Map)) throw new Error(`No strip ${id}`);
  return record;
};
