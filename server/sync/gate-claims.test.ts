import * as encoding from 'lib0/encoding';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readMix } from '../../lib/doc';
import { admit, clientOf, doc, gate, owners, refused, strip } from './staged-gate.fixture';

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

test('4.8 after a refusal the shadow holds what is under way and nothing of the refused', () => {
  admit(clientOf()((own) => strip(own).set('fader', -6)));
  refused(
    clientOf(gate.ahead)((own) => strip(own).set('fader', 'x')),
    'cannot hold',
    'ben',
  );
  expect(readMix(gate.ahead).strips.get('room')?.values).toEqual({ fader: -6 });
});
