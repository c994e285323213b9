import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { isField, isRecordId, isValue, MAPS, readMix } from '../../lib/doc';
import { Refusal } from './decoded-update';
import { admit, clientOf, gate, refused, strip } from './staged-gate.fixture';

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
