import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { MESSAGE } from './sync';

/** Longest payload of one hand message in bytes. More controls than fit go into several messages. */
export const HAND_BYTES = 256;
/** Hand messages that one connection may send in a second. */
export const HANDS_PER_SECOND = 60;

const RELEASED = 1;
const MOST_VALUES = 12;

/** Where a moving hand has its controls now. `released` is the hand's last message for these controls. */
export interface HandMove {
  readonly released: boolean;
  /** Target keys (`targetKey` of lib/mix) with values in the parameter's unit. */
  readonly values: readonly (readonly [key: string, value: number])[];
}

/**
 * The payload: one byte of flags (bit 0: released), the count as a varuint, then for each control its key as a varstring and
 * its value as a big-endian float64. Throws past `HAND_BYTES` or twelve controls.
 */
function encodePayload(move: HandMove): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeUint8(encoder, move.released ? RELEASED : 0);
  encoding.writeVarUint(encoder, move.values.length);
  for (const [key, value] of move.values) {
    encoding.writeVarString(encoder, key);
    encoding.writeFloat64(encoder, value);
  }
  const payload = encoding.toUint8Array(encoder);
  if (payload.length > HAND_BYTES || move.values.length > MOST_VALUES)
    throw new Error(`A hand message of ${payload.length} bytes is too long`);
  return payload;
}

function decodePayload(payload: Uint8Array): HandMove | null {
  if (payload.length > HAND_BYTES) return null;
  const decoder = decoding.createDecoder(payload);
  const flags = decoding.readUint8(decoder);
  const count = decoding.readVarUint(decoder);
  if (count > MOST_VALUES) return null;
  const values: [string, number][] = [];
  for (let index = 0; index < count; index++) {
    const key = decoding.readVarString(decoder);
    const value = decoding.readFloat64(decoder);
    if (!Number.isFinite(value)) return null;
    values.push([key, value]);
  }
  return decoding.hasContent(decoder) ? null : { released: (flags & RELEASED) !== 0, values };
}

/** The moves as client → server messages, as many as the payload's length asks for. */
export function encodeHand(move: HandMove): Uint8Array[] {
  const messages: Uint8Array[] = [];
  let values: (readonly [string, number])[] = [];
  let bytes = 2;
  const flush = () => {
    if (values.length === 0) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE.hand);
    encoding.writeVarUint8Array(encoder, encodePayload({ released: move.released, values }));
    messages.push(encoding.toUint8Array(encoder));
    values = [];
    bytes = 2;
  };
  for (const entry of move.values) {
    // Keys are ASCII; a length under 128 takes one byte, and no key may be longer.
    const size = 1 + entry[0].length + 8;
    if (values.length === MOST_VALUES || bytes + size > HAND_BYTES) flush();
    values.push(entry);
    bytes += size;
  }
  flush();
  return messages;
}

/** Server → client: the sender's awareness client id, and the payload as it came. */
export function relayHand(client: number, payload: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.hand);
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint8Array(encoder, payload);
  return encoding.toUint8Array(encoder);
}

/** Reads a relayed hand message, its type (103) already read from `decoder`; null for one that cannot be read. */
export function readHand(decoder: decoding.Decoder): { readonly client: number; readonly move: HandMove } | null {
  try {
    const client = decoding.readVarUint(decoder);
    const move = decodePayload(decoding.readVarUint8Array(decoder));
    return move && { client, move };
  } catch {
    return null;
  }
}
