import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { Chance } from '../../lib/desk/chance';
import { CLOSE, type CloseCode, MESSAGE } from '../../lib/protocol';
import { client } from './hand-driven';

/** What an attacker knows: the whole mix, and the client id of somebody else's page. */
export interface Target {
  readonly mix: Uint8Array;
  readonly victim: number;
}

export interface Attack {
  readonly name: string;
  /** All messages, sent at once by a member who may write, after their first difference. */
  readonly messages: (target: Target) => readonly Uint8Array[];
  /** How the line ends; null where what was said is not heard, and the line stays. */
  readonly code: CloseCode | null;
}

function bytes(...numbers: readonly number[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const number of numbers) encoding.writeVarUint(encoder, number);
  return encoding.toUint8Array(encoder);
}

/** The update of a change by a page that is in step. */
function change({ mix }: Target, write: (doc: Y.Doc) => void, id?: number): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, mix);
  if (id !== undefined) doc.clientID = id;
  const before = Y.encodeStateVector(doc);
  doc.transact(() => write(doc));
  return Y.encodeStateAsUpdate(doc, before);
}

const strip = (doc: Y.Doc): Y.Map<unknown> => {
  const record = doc.getMap('strips').get('room');
  if (!(record instanceof Y.Map)) throw new Error('The room is not in the mix.');
  return record;
};

const refused = (name: string, update: (target: Target) => Uint8Array): Attack => ({
  name,
  messages: (target) => [client.update(update(target))],
  code: CLOSE.refused,
});

/** Maps in each other, from the outermost in: the other way Yjs itself runs out of stack. */
function nest(map: Y.Map<unknown>, depth: number): void {
  let outer = map;
  for (let level = 0; level < depth; level++) {
    const inner = new Y.Map<unknown>();
    outer.set('fader', inner);
    outer = inner;
  }
}

const WILD: Readonly<Record<string, unknown>> = {
  text: 'loud',
  'not a number': Number.NaN,
  'without end': Number.POSITIVE_INFINITY,
  'a large whole number': 2n ** 60n,
  bytes: new Uint8Array(1000),
  'an object': { fader: -6 },
  'an object that names a prototype': JSON.parse('{"__proto__": {"admin": true}}') as unknown,
  'an array': [-6],
  null: null,
};

/** Names that no record has. */
const BAD_IDS = ['__proto__', '', '\0', '../..', 'x'.repeat(10_000)];
/** A strip may well be named like these, which is only a word there; a field or a map of the mix may not. */
const WORDS = ['constructor', 'prototype', 'toString', 'hasOwnProperty'];

/** What valid members were seen to try, or could. Each has to end as it says, at no cost to anybody else. */
export const ATTACKS: readonly Attack[] = [
  refused("goes on under somebody else's client id", (target) => change(target, (doc) => strip(doc).set('fader', -99), target.victim)),
  refused('7 bytes that claim 2^25 structs', () => bytes(1, 2 ** 25, 1, 0)),
  refused('claims 2^40 structs', () => bytes(1, 2 ** 40, 7777, 0)),
  refused('claims 2^40 clients', () => bytes(2 ** 40, 1, 7777, 0)),
  refused('a struct 2^40 long', () => new Uint8Array([...bytes(1, 1, 7777, 0), 0, ...bytes(2 ** 40, 0)])),
  refused('deletes 2^40 of what exists', ({ victim }) => bytes(0, 1, victim, 1, 0, 2 ** 40)),
  refused('deletes from 2^50 on', () => bytes(0, 1, 7777, 1, 2 ** 50, 1)),
  refused(
    'speaks of 4,000 clients, each with a gap before',
    () => new Uint8Array([...bytes(4000), ...Array.from({ length: 4000 }, (_, n) => [...bytes(1, 10_000 + n, 7), 0, 1]).flat(), 0]),
  ),
  refused('a hole within', () => new Uint8Array([...bytes(1, 3, 7777, 0), 0, 1, 10, 5, 0, 1, 0])),
  {
    name: '4,000 updates with gaps',
    messages: () => Array.from({ length: 4000 }, (_, n) => client.update(new Uint8Array([...bytes(1, 1, 50_000 + n, 9), 0, 1, 0]))),
    code: CLOSE.refused,
  },
  refused('refers to what never came', () => new Uint8Array([...bytes(1, 1, 7777, 0), 0x88, ...bytes(5_000_000, 9), 1, 125, 1, 0])),
  ...[2, 100, 3000].map((depth) => refused(`${depth} maps in each other`, (target) => change(target, (doc) => nest(strip(doc), depth)))),
  ...Object.entries(WILD).map(([name, value]) =>
    refused(`a fader at ${name}`, (target) => change(target, (doc) => strip(doc).set('fader', value))),
  ),
  refused('a fader that is a list', (target) => change(target, (doc) => strip(doc).set('fader', new Y.Array()))),
  refused('a fader that is a text', (target) => change(target, (doc) => strip(doc).set('fader', new Y.Text('x')))),
  refused('a fader that is a document', (target) => change(target, (doc) => strip(doc).set('fader', new Y.Doc()))),
  ...BAD_IDS.map((name) =>
    refused(`a strip named ${JSON.stringify(name.slice(0, 20))}`, (target) =>
      change(target, (doc) => doc.getMap('strips').set(name, new Y.Map([['kind', 'stem']]))),
    ),
  ),
  ...[...BAD_IDS, ...WORDS].flatMap((name) => [
    refused(`a field named ${JSON.stringify(name.slice(0, 20))}`, (target) => change(target, (doc) => strip(doc).set(name, -6))),
    refused(`a map of the mix named ${JSON.stringify(name.slice(0, 20))}`, (target) =>
      change(target, (doc) => doc.getMap(name).set('fader', -6)),
    ),
  ]),
  refused('another type in a map’s place', (target) => change(target, (doc) => doc.getArray('list').push([1]))),
  refused('no update at all', () => new Uint8Array(500).fill(255)),
  { name: 'an update of 100 KB', messages: () => [client.update(new Uint8Array(100 * 1024))], code: CLOSE.tooLarge },
  { name: 'no message of the protocol', messages: () => [new Uint8Array([99, 1, 2])], code: CLOSE.malformed },
  { name: 'an empty message', messages: () => [new Uint8Array()], code: CLOSE.malformed },
  { name: 'a number without end', messages: () => [new Uint8Array(100).fill(255)], code: CLOSE.malformed },
  { name: 'a sync message of kind 7', messages: () => [bytes(MESSAGE.sync, 7, 0)], code: CLOSE.malformed },
  { name: 'a state vector of nonsense', messages: () => [client.sync(0, new Uint8Array(50).fill(255))], code: CLOSE.malformed },
  {
    name: '2^31 awareness entries',
    messages: () => [new Uint8Array([MESSAGE.awareness, ...[6, ...bytes(2 ** 31), 1]])],
    code: CLOSE.malformed,
  },
  { name: "somebody else's awareness", messages: ({ victim }) => [client.entry(victim, 2 ** 30, { selected: 'forged' })], code: null },
  { name: 'the end of somebody else’s awareness', messages: ({ victim }) => [client.entry(victim, 2 ** 30, null)], code: null },
  { name: 'an awareness state of 100 KB', messages: () => [client.entry(7777, 1, { selected: 'x'.repeat(100_000) })], code: null },
  { name: '20 asks for who is here', messages: () => Array.from({ length: 20 }, () => bytes(MESSAGE.queryAwareness)), code: CLOSE.tooFast },
  { name: '20 asks for the whole mix', messages: () => Array.from({ length: 20 }, () => client.sync(0, bytes(0))), code: CLOSE.tooFast },
];

/** Frames of an honest page with some bytes changed, cut off, doubled or put in. */
export function mutated(target: Target, chance: Chance, count: number): Uint8Array[] {
  const honest = [
    client.update(change(target, (doc) => strip(doc).set('fader', chance.next() * -60))),
    client.update(change(target, (doc) => doc.getMap('strips').set(`s${chance.below(1000)}`, new Y.Map([['kind', 'stem']])))),
    client.update(change(target, (doc) => doc.getMap('strips').delete('delay'))),
    client.sync(1, target.mix),
    client.sync(0, Y.encodeStateVectorFromUpdate(target.mix)),
    client.entry(target.victim + 1, 5, { selected: 'room', hands: ['strip/room/fader'] }),
    new Uint8Array([MESSAGE.hand, 27, 0, 1, 16, ...Buffer.from('strip/room/fader'), 192, 24, 0, 0, 0, 0, 0, 0]),
  ];
  return Array.from({ length: count }, () => mutation(chance.of(honest), chance));
}

function mutation(frame: Uint8Array, chance: Chance): Uint8Array {
  const bytes = [...frame];
  for (let times = 1 + chance.below(4); times > 0; times--) {
    const at = chance.below(bytes.length + 1);
    const kind = chance.below(5);
    if (kind === 0) bytes[at % (bytes.length || 1)] = chance.below(256);
    else if (kind === 1) bytes.length = at;
    else if (kind === 2) bytes.splice(at, 0, ...bytes.slice(at, at + chance.below(20)));
    else if (kind === 3) bytes.splice(at, 0, chance.below(256), 255, 255, 255, 127);
    else bytes.splice(at, chance.below(5));
  }
  return Uint8Array.from(bytes);
}
