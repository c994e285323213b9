import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { isField, isRecordId, isValue, MAPS, MixDocument, MOST_KEPT_POINTS, newMix, readMix } from '../../lib/doc';
import { decodeUpdate, Refusal } from './decoded-update';
import { Gate } from './gate';

let doc: Y.Doc;
let owners: Map<number, string>;
let gate: Gate;
/** What was admitted and is under way, as a room keeps it. */
let underWay: Uint8Array[];
let now: number;

function open(bytes = 5 * 1024 * 1024) {
  doc = new Y.Doc();
  newMix(doc);
  owners = new Map([[doc.clientID, '']]);
  now = 0;
  gate = new Gate(doc, owners, bytes, () => now);
  underWay = [];
}
beforeEach(() => open());

/** A client in step with the document; the result makes the update of a change. */
function clientOf(source = doc): (change: (own: Y.Doc) => void) => Uint8Array {
  const own = new Y.Doc();
  Y.applyUpdate(own, Y.encodeStateAsUpdate(source));
  return (change) => {
    const before = Y.encodeStateVector(own);
    own.transact(() => change(own));
    return Y.encodeStateAsUpdate(own, before);
  };
}

function admit(bytes: Uint8Array, user = 'ann') {
  const verdict = gate.admit(decodeUpdate(bytes), user, () => underWay);
  if (verdict === 'new') underWay.push(bytes);
  return verdict;
}

/** Refused, with the shadow as it was before: not made again, for that costs half a second where the document is heavy. */
function refused(bytes: Uint8Array, why: string | RegExp, user = 'ann'): void {
  const shadow = gate.ahead;
  const before = Y.encodeStateAsUpdate(shadow);
  expect(() => admit(bytes, user)).toThrow(Refusal);
  expect(() => admit(bytes, user)).toThrow(why);
  expect(Y.encodeStateAsUpdate(gate.ahead)).toEqual(before);
  expect(gate.ahead).toBe(shadow);
}

/** Whether the document holds what the layout knows and nothing else, looked at from the outside. */
function isLaidOut(read: Y.Doc): boolean {
  const records = MAPS.flatMap((map) => [...read.getMap(map)].map(([id, record]) => ({ map, id, record })));
  const fits = records.every(
    ({ map, id, record }) =>
      isRecordId(map, id) &&
      record instanceof Y.Map &&
      [...record].every(([field, value]) => isField(map, field) && isValue(map, field, value)),
  );
  return fits && read.share.size === MAPS.length && [...read.share.values()].every(({ _start }) => _start === null);
}

const strip = (own: Y.Doc, id = 'room') => {
  const record = own.getMap<unknown>('strips').get(id);
  if (!(record instanceof Y.Map)) throw new Error(`No strip ${id}`);
  return record;
};

describe('what may enter', () => {
  test('lanes of controls with points, and nothing else in them, up to their measure', () => {
    const write = clientOf();
    const lane = (own: Y.Doc) => own.getMap<Y.Map<unknown>>('automation').get('strip/room/fader') as Y.Map<unknown>;
    expect(admit(write((own) => own.getMap('automation').set('strip/room/fader', new Y.Map([['pa', '1.5 -6 l']]))))).toBe('new');
    expect(admit(write((own) => lane(own).set('read', false)))).toBe('new');
    refused(
      clientOf()((own) => own.getMap('automation').set('strip/room/nothing', new Y.Map())),
      'cannot name',
    );
    refused(
      clientOf(gate.ahead)((own) => lane(own).set('pb', 'anything')),
      'cannot hold',
    );
    refused(
      clientOf(gate.ahead)((own) => lane(own).set('point-1', '1 1 l')),
      'no field',
    );
    const many = (own: Y.Doc) => {
      for (let n = 0; n < MOST_KEPT_POINTS; n++) lane(own).set(`p${n}`, `${n} 0 l`);
    };
    refused(clientOf(gate.ahead)(many), 'points');
  });

  test('a fader, a new strip with its fields, a send without any, a removal', () => {
    const write = clientOf();
    expect(admit(write((own) => strip(own).set('fader', -6)))).toBe('new');
    expect(
      admit(
        write((own) =>
          own.getMap('strips').set(
            'kick',
            new Y.Map<unknown>([
              ['kind', 'stem'],
              ['name', 'Kick'],
              ['mute', true],
            ]),
          ),
        ),
      ),
    ).toBe('new');
    expect(admit(write((own) => own.getMap('sends').set('kick>room', new Y.Map())))).toBe('new');
    expect(admit(write((own) => own.getMap('strips').delete('delay')))).toBe('new');
    const mix = readMix(gate.ahead);
    expect([mix.strips.get('room')?.values, mix.strips.get('kick')?.name, mix.sends.size, mix.strips.has('delay')]).toEqual([
      { fader: -6 },
      'Kick',
      1,
      false,
    ]);
  });

  test('what one hand set several times while it was offline, which Yjs makes one item of', () => {
    const own = new Y.Doc();
    Y.applyUpdate(own, Y.encodeStateAsUpdate(doc));
    const before = Y.encodeStateVector(own);
    const mix = new MixDocument(own);
    const hand = {};
    for (const fader of [-1, -2, -3, -4, -5]) mix.apply([{ do: 'put', map: 'strips', id: 'room', fields: { fader } }], 'gesture', hand);
    mix.close();
    expect(admit(Y.encodeStateAsUpdate(own, before))).toBe('new');
    expect(readMix(gate.ahead).strips.get('room')?.values).toEqual({ fader: -5 });
  });

  test('the same update a second time adds nothing', () => {
    const update = clientOf()((own) => strip(own).set('fader', -6));
    expect([admit(update), admit(update)]).toEqual(['new', 'nothing']);
  });

  test('a difference with much that is known already and a little that is new', () => {
    const write = clientOf();
    admit(write((own) => strip(own).set('fader', -6)));
    const all = clientOf(gate.ahead);
    all((own) => strip(own).set('fader', -7));
    expect(
      admit(
        clientOf(gate.ahead)((own) => {
          for (let count = 0; count < 10; count++) strip(own).set('pan', count);
        }),
      ),
    ).toBe('new');
  });
});

describe('4.2 decoding before applying', () => {
  test('seven bytes that claim 2^25 structs are refused as they are read', () => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, 2 ** 25);
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, 0);
    const bomb = encoding.toUint8Array(encoder);
    expect(bomb.length).toBe(7);
    refused(bomb, 'cannot be read');
  });

  test('a few bytes that claim a deletion of 2^40, or a struct as long, are refused', () => {
    const deletion = encoding.createEncoder();
    for (const value of [0, 1, 7, 1, 0, 2 ** 40]) encoding.writeVarUint(deletion, value);
    refused(encoding.toUint8Array(deletion), 'spans too much');
    const struct = encoding.createEncoder();
    for (const value of [1, 1, 7, 0, 0, 2 ** 40, 0]) encoding.writeVarUint(struct, value);
    refused(encoding.toUint8Array(struct), 'spans too much');
  });

  test('a hole is refused', () => {
    const write = clientOf();
    const first = write((own) => strip(own).set('fader', -1));
    write((own) => strip(own).set('fader', -2));
    const third = write((own) => strip(own).set('fader', -3));
    refused(Y.mergeUpdates([first, third]), 'has a hole');
  });

  test('arrays within arrays, deep enough to exhaust the stack, are refused', () => {
    const depth = 60_000;
    const encoder = encoding.createEncoder();
    for (const value of [1, 1, 7, 0]) encoding.writeVarUint(encoder, value);
    // An item of any content under the root map `strips`.
    encoding.writeUint8(encoder, 8 | 32);
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, 'strips');
    encoding.writeVarString(encoder, 'kick');
    encoding.writeVarUint(encoder, 1);
    for (let level = 0; level < depth; level++) {
      encoding.writeUint8(encoder, 117);
      encoding.writeVarUint(encoder, 1);
    }
    encoding.writeUint8(encoder, 126);
    encoding.writeVarUint(encoder, 0);
    expect(() => admit(encoding.toUint8Array(encoder))).toThrow(Refusal);
    expect(readMix(gate.ahead).strips.size).toBe(3);
  });

  test('bytes of any kind are admitted or refused, never anything else', () => {
    const honest = clientOf()((own) => {
      strip(own).set('fader', -6);
      own.getMap('strips').set('kick', new Y.Map([['kind', 'stem']]));
      strip(own, 'kick').set('pan', 1);
      own.getMap('strips').delete('delay');
    });
    const bent = fc
      .array(fc.tuple(fc.nat(honest.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 })
      .map((bends) => bends.reduce((bytes, [at, byte]) => bytes.with(at, byte), honest));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), bent), (bytes) => {
        try {
          admit(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
        expect(isLaidOut(gate.ahead)).toBe(true);
        expect(gate.ahead.store.pendingStructs ?? gate.ahead.store.pendingDs).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });
});

describe('4.3 to 4.5 claims', () => {
  test('a gap is refused', () => {
    const write = clientOf();
    write((own) => strip(own).set('fader', -1));
    refused(
      write((own) => strip(own).set('fader', -2)),
      'comes after one that never came',
    );
  });

  test("another user's client id is refused; one's own from another page is not", () => {
    const write = clientOf();
    admit(write((own) => strip(own).set('fader', -1)));
    const next = write((own) => strip(own).set('fader', -2));
    refused(next, "somebody else's client id", 'ben');
    expect(admit(next)).toBe('new');
  });

  test("the server's own client id belongs to nobody", () => {
    const own = new Y.Doc();
    Y.applyUpdate(own, Y.encodeStateAsUpdate(doc));
    own.clientID = doc.clientID;
    strip(own).set('fader', -1);
    refused(Y.encodeStateAsUpdate(own, Y.encodeStateVector(doc)), "somebody else's client id");
  });

  test('a refused update claims no client id', () => {
    const write = clientOf();
    refused(
      write((own) => strip(own).set('nonsense', 1)),
      'no field',
    );
    expect([...owners.values()]).toEqual(['']);
  });

  test('deleting what does not exist is refused', () => {
    const encoder = encoding.createEncoder();
    for (const value of [0, 1, 7, 1, 0, 5]) encoding.writeVarUint(encoder, value);
    refused(encoding.toUint8Array(encoder), 'deletes what does not exist');
  });

  test('referring to what never came is refused', () => {
    const elsewhere = new Y.Doc();
    elsewhere.getMap('strips').set('kick', new Y.Map<unknown>([['kind', 'stem']]));
    const stranger = clientOf(elsewhere);
    refused(
      stranger((own) => strip(own, 'kick').set('fader', -1)),
      'refers to something that never came',
    );
  });
});

describe('4.6 the layout', () => {
  const put = (key: string, value: unknown) => (own: Y.Doc) => own.getMap('strips').set(key, value);
  const cases: [string, (own: Y.Doc) => void, string | RegExp][] = [
    ['another root', (own) => own.getMap('secrets').set('x', 1), 'has no "secrets"'],
    ['a root that is a list', (own) => own.getArray('notes').insert(0, [1]), 'has no "notes"'],
    ['a record that is text', put('kick', 'text'), 'is a map'],
    ['a record that is an object', put('kick', { kind: 'stem' }), 'is a map'],
    ['a record that is a list', put('kick', new Y.Array()), 'is a map'],
    ['a record that is a text type', put('kick', new Y.Text('x')), 'is a map'],
    ['the id __proto__', put('__proto__', new Y.Map()), 'cannot name'],
    ['an id with spaces', put('a b', new Y.Map()), 'cannot name'],
    ['an id without end', put('x'.repeat(500), new Y.Map()), 'cannot name'],
    ['a send to itself', (own) => own.getMap('sends').set('a>a', new Y.Map()), 'cannot name'],
    ['settings of another name', (own) => own.getMap('settings').set('other', new Y.Map()), 'cannot name'],
    ['an unknown field', (own) => strip(own).set('loudness', 1), 'no field'],
    ['the field __proto__', (own) => strip(own).set('__proto__', 1), 'no field'],
    ['the field constructor', (own) => strip(own).set('constructor', 1), 'no field'],
    ['text for a number', (own) => strip(own).set('fader', 'loud'), 'cannot hold'],
    ['no number', (own) => strip(own).set('fader', Number.NaN), 'cannot hold'],
    ['infinity', (own) => strip(own).set('fader', Number.POSITIVE_INFINITY), 'cannot hold'],
    ['a big integer', (own) => strip(own).set('fader', 5n), 'cannot hold'],
    ['nothing', (own) => strip(own).set('fader', undefined), 'cannot hold'],
    ['bytes', (own) => strip(own).set('fader', new Uint8Array(9)), 'cannot hold'],
    ['an object', (own) => strip(own).set('fader', { valueOf: 1 }), 'cannot hold'],
    ['an object with __proto__', (own) => strip(own).set('name', JSON.parse('{"__proto__":{"x":1}}')), 'cannot hold'],
    ['a kind that is none', (own) => strip(own).set('kind', 'bus'), 'cannot hold'],
    ['a name of a page', (own) => strip(own).set('name', 'x'.repeat(5000)), 'cannot hold'],
    ['a map in a record', (own) => strip(own).set('name', new Y.Map()), 'cannot hold'],
    ['a map in a map in a record', (own) => strip(own).set('name', new Y.Map([['a', new Y.Map([['b', 1]])]])), /cannot hold|goes deeper/],
    ['a document in a record', (own) => strip(own).set('name', new Y.Doc()), 'cannot hold'],
  ];

  test.each(cases)('%s is refused', (_, change, why) => {
    refused(clientOf()(change), why);
  });

  test('a list item in a map is refused', () => {
    const own = new Y.Doc();
    Y.applyUpdate(own, Y.encodeStateAsUpdate(doc));
    const before = Y.encodeStateVector(own);
    // The same root read as a list: items without a key.
    const other = new Y.Doc();
    other.getArray('strips').insert(0, ['x']);
    Y.applyUpdate(own, Y.encodeStateAsUpdate(other));
    refused(Y.encodeStateAsUpdate(own, before), 'no place');
  });

  test('the first bad item of many good ones is found', () => {
    const update = clientOf()((own) => {
      for (let count = 0; count < 50; count++) strip(own).set('pan', count);
      strip(own, 'delay').set('fader', 'x');
      for (let count = 0; count < 50; count++) strip(own).set('trim', count);
    });
    refused(update, 'cannot hold');
  });

  test('a number out of range is a value, and reads as the end of its range', () => {
    expect(admit(clientOf()((own) => strip(own).set('fader', 400)))).toBe('new');
    expect(readMix(gate.ahead).strips.get('room')?.values['fader']).toBe(10);
  });
});

describe('4.7 how much', () => {
  test('the 257th strip is refused, by name of the limit', () => {
    const write = clientOf();
    const add = (from: number, until: number) =>
      write((own) => {
        for (let index = from; index < until; index++) own.getMap('strips').set(`s${index}`, new Y.Map([['kind', 'stem']]));
      });
    expect(admit(add(0, 253))).toBe('new');
    refused(add(253, 254), 'at most 256 strips');
  });

  test('a mix larger than it may be is refused, and goes on being edited', () => {
    open(20_000);
    const write = clientOf();
    const names = (count: number) => (own: Y.Doc) => {
      for (let index = 0; index < count; index++) own.getMap('markers').set(`m${index}`, new Y.Map([['name', 'x'.repeat(80)]]));
    };
    refused(clientOf()(names(300)), 'larger than 20 KB');
    expect(admit(write((own) => strip(own).set('fader', -1)))).toBe('new');
  });
});

describe('4.7 how much, of what is no more', () => {
  const key = 'strip/room/fader';
  const lane = (own: Y.Doc) => own.getMap<Y.Map<unknown>>('automation').get(key) as Y.Map<unknown>;
  const begun = () => {
    const write = clientOf();
    admit(write((own) => own.getMap('automation').set(key, new Y.Map([['pa', '1 0 l']]))));
    return write;
  };
  /** A thousand new keys, and those of the time before removed. */
  const churn = (nth: number) => (own: Y.Doc) => {
    for (const name of [...lane(own).keys()]) lane(own).delete(name);
    for (let n = 0; n < 1000; n++) lane(own).set(`p${nth}x${n}`, `${n} 0 l`);
  };

  test('the counts of records and points are those of the document, whatever comes and goes', () => {
    const write = begun();
    let changes = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(5)), { maxLength: 20 }), (moves) => {
        admit(
          write((own) => {
            // Something new at any rate.
            strip(own).set('pan', changes++);
            for (const [what, n] of moves) {
              if (what === 0) lane(own).set(`p${n}`, `${n} 0 l`);
              if (what === 1) lane(own).delete(`p${n}`);
              if (what === 2) own.getMap('markers').set(`m${n}`, new Y.Map([['at', n]]));
              if (what === 3) own.getMap('markers').delete(`m${n}`);
            }
            if (moves.length > 15) own.getMap('automation').set(key, new Y.Map(lane(own).entries()));
          }),
        );
        const { counts } = gate;
        expect([counts.of('markers'), counts.fields(key)]).toEqual([gate.ahead.getMap('markers').size, lane(gate.ahead).size]);
      }),
    );
  });

  test('a lane that holds too much of it is written anew, and goes on being written', () => {
    const write = begun();
    let renewed: Uint8Array | null = null;
    for (let nth = 0; renewed === null && nth < 12; nth++) {
      admit(write(churn(nth)));
      renewed = gate.renew();
    }
    expect(renewed).not.toBeNull();
    expect(lane(gate.ahead)._map.size).toBe(1000);
    expect(gate.renew()).toBeNull();
    const next = clientOf(gate.ahead);
    expect(admit(next((own) => lane(own).set('pb', '3 -1 l')))).toBe('new');
    expect(lane(gate.ahead).size).toBe(1001);
  });

  test('keys without end in one lane are refused, also where all are removed again', () => {
    const write = begun();
    for (let nth = 0; nth < 16; nth++) admit(write(churn(nth)));
    refused(write(churn(16)), 'cannot take so many');
  });

  test('a mix close to its limit is not measured again at once', () => {
    open(20_000);
    const write = clientOf();
    const marker = (n: number) => (own: Y.Doc) => own.getMap('markers').set(`m${n}`, new Y.Map([['name', 'x'.repeat(80)]]));
    let n = 0;
    while (gate.measurements === 0) admit(write(marker(n++)));
    const crowd = () => {
      let told = 0;
      for (let tries = 0; tries < 400; tries++) {
        try {
          admit(clientOf(gate.ahead)((own) => strip(own).set('pan', tries)));
        } catch {
          told++;
        }
      }
      return told;
    };
    const before = gate.measurements;
    expect(crowd()).toBeGreaterThan(0);
    expect(gate.measurements).toBe(before);
    now += 3000;
    expect(crowd()).toBeGreaterThan(0);
    expect(gate.measurements).toBe(before + 1);
  });
});

test('4.8 after a refusal the shadow holds what is under way and nothing of the refused', () => {
  admit(clientOf()((own) => strip(own).set('fader', -6)));
  refused(
    clientOf(gate.ahead)((own) => strip(own).set('fader', 'x')),
    'cannot hold',
    'ben',
  );
  expect(readMix(gate.ahead).strips.get('room')?.values).toEqual({ fader: -6 });
});
