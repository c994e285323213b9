import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { MixDocument, MOST_KEPT_POINTS, readMix } from '../../lib/doc';
import { admit, clientOf, doc, gate, refused, strip } from './staged-gate.fixture';

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
