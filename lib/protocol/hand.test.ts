import fc from 'fast-check';
import * as decoding from 'lib0/decoding';
import { expect, test } from 'vitest';
import { encodeHand, HAND_BYTES, type HandMove, readHand, relayHand } from './hand';
import { MESSAGE } from './sync';

/** What the server does with a message: reads the payload as bytes and puts the sender's id before it. */
function relayed(message: Uint8Array, client: number) {
  const decoder = decoding.createDecoder(message);
  expect(decoding.readVarUint(decoder)).toBe(MESSAGE.hand);
  const payload = decoding.readVarUint8Array(decoder);
  expect(payload.length).toBeLessThanOrEqual(HAND_BYTES);
  const back = decoding.createDecoder(relayHand(client, payload));
  decoding.readVarUint(back);
  return readHand(back);
}

test('a move arrives as it was sent, in as many messages as it needs', () => {
  const key = fc.stringMatching(/^[a-z/.0-9]{1,100}$/);
  const values = fc.array(fc.tuple(key, fc.double({ noNaN: true, noDefaultInfinity: true })), { maxLength: 30 });
  fc.assert(
    fc.property(values, fc.boolean(), fc.nat(), (moves, released, client) => {
      const got = encodeHand({ released, values: moves } satisfies HandMove).map((message) => relayed(message, client));
      expect(got.every((one) => one?.client === client && one.move.released === released)).toBe(true);
      expect(got.flatMap((one) => one?.move.values ?? [])).toEqual(moves);
    }),
  );
});

test('bytes that are no hand message are null and never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const read = readHand(decoding.createDecoder(bytes));
      expect(read === null || read.move.values.every(([, value]) => Number.isFinite(value))).toBe(true);
    }),
  );
});
