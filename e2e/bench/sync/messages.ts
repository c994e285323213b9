import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { encodeHand, MESSAGE } from '../../../lib/protocol';

/** Messages as a client writes them. */
function message(...parts: readonly (number | string | Uint8Array)[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part);
    else if (typeof part === 'string') encoding.writeVarString(encoder, part);
    else encoding.writeVarUint8Array(encoder, part);
  }
  return encoding.toUint8Array(encoder);
}

export const stateVector = (vector: Uint8Array) => message(MESSAGE.sync, 0, vector);
export const difference = (update: Uint8Array) => message(MESSAGE.sync, 1, update);
export const updateOf = (update: Uint8Array) => message(MESSAGE.sync, 2, update);
export const awareness = (client: number, clock: number, state: object) =>
  message(MESSAGE.awareness, message(1, client, clock, JSON.stringify(state)));
export const NOTHING = new Uint8Array([0, 0]);

/** A hand on a fader; its value says when it was sent. */
export function hand(at: number): Uint8Array {
  const [bytes] = encodeHand({ released: false, values: [['strip/room/fader', at]] });
  if (!bytes) throw new Error('A hand has a value.');
  return bytes;
}

/** What a server says, as far as a load listens to it. */
export type Said =
  | { readonly what: 'state-vector' | 'difference' | 'update'; readonly bytes: Uint8Array }
  | { readonly what: 'saved'; readonly n: number }
  | { readonly what: 'refused'; readonly code: number; readonly why: string }
  | { readonly what: 'other'; readonly type: number };

const SYNC = ['state-vector', 'difference', 'update'] as const;

export function read(bytes: Uint8Array): Said {
  const decoder = decoding.createDecoder(bytes);
  const type = decoding.readVarUint(decoder);
  if (type === MESSAGE.sync) {
    const what = SYNC[decoding.readVarUint(decoder)] ?? 'update';
    return { what, bytes: decoding.readVarUint8Array(decoder) };
  }
  if (type === MESSAGE.saved) return { what: 'saved', n: decoding.readVarUint(decoder) };
  if (type === MESSAGE.refused) {
    decoding.readVarUint(decoder);
    return { what: 'refused', code: decoding.readVarUint(decoder), why: decoding.readVarString(decoder) };
  }
  return { what: 'other', type };
}

/** The type byte of a number in an update (lib0's `any`): a float64 follows. */
const FLOAT64 = 123;
const VALUE = Buffer.from('"value":');

/**
 * When the values in a message were set: in a load each value that is written is the moment of writing (`performance.now()`).
 * Looked for, not parsed: the generator has no time for that.
 */
export function momentsIn(bytes: Buffer, now: number, tell: (moment: number) => void): void {
  const type = bytes[0];
  const isMoment = (value: number) => value > now - 30_000 && value <= now && value > 0;
  if (type === MESSAGE.hand) {
    const value = bytes.length > 10 ? bytes.readDoubleBE(bytes.length - 8) : 0;
    // Hands are passed on as they come, whoever's they are.
    if (isMoment(value)) tell(value);
  } else if (type === MESSAGE.sync) {
    for (let at = bytes.indexOf(FLOAT64, 3); at >= 0 && at + 9 <= bytes.length; at = bytes.indexOf(FLOAT64, at + 1)) {
      const value = bytes.readDoubleBE(at + 1);
      if (!isMoment(value)) continue;
      tell(value);
      at += 8;
    }
  } else if (type === MESSAGE.awareness) {
    for (let at = bytes.indexOf(VALUE); at >= 0; at = bytes.indexOf(VALUE, at + 1)) {
      const value = Number.parseFloat(bytes.subarray(at + VALUE.length, at + VALUE.length + 20).toString());
      if (isMoment(value)) tell(value);
    }
  }
}
