import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { MESSAGE } from '../../protocol';

/** What a frame that leaves this page carries, as far as keeping count asks. */
export type Outgoing =
  /** Everything that the other side said it lacks (sync subtype 1). */
  | { readonly kind: 'difference' }
  /** One update of the document (sync subtype 2). */
  | { readonly kind: 'update'; readonly update: Uint8Array }
  | { readonly kind: 'awareness' }
  | { readonly kind: 'other' };

/** What comes in beyond the y-websocket protocol's own messages, which are `other`. */
export type Incoming =
  | { readonly kind: 'saved'; readonly count: number }
  | { readonly kind: 'refused'; readonly count: number; readonly code: number; readonly text: string }
  | { readonly kind: 'hand'; readonly bytes: Uint8Array }
  | { readonly kind: 'other' };

const DIFFERENCE = 1;
const UPDATE = 2;

export function readOutgoing(frame: Uint8Array): Outgoing {
  const decoder = decoding.createDecoder(frame);
  const type = decoding.readVarUint(decoder);
  if (type === MESSAGE.awareness) return { kind: 'awareness' };
  if (type !== MESSAGE.sync) return { kind: 'other' };
  const subtype = decoding.readVarUint(decoder);
  if (subtype === DIFFERENCE) return { kind: 'difference' };
  return subtype === UPDATE ? { kind: 'update', update: decoding.readVarUint8Array(decoder) } : { kind: 'other' };
}

/** The frame of subtype 2 with one update. */
export function updateFrame(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.sync);
  encoding.writeVarUint(encoder, UPDATE);
  encoding.writeVarUint8Array(encoder, update);
  return encoding.toUint8Array(encoder);
}

/** Throws where one of our own messages is cut short. */
export function readIncoming(frame: Uint8Array): Incoming {
  const decoder = decoding.createDecoder(frame);
  switch (decoding.readVarUint(decoder)) {
    case MESSAGE.saved:
      return { kind: 'saved', count: decoding.readVarUint(decoder) };
    case MESSAGE.refused: {
      const count = decoding.readVarUint(decoder);
      const code = decoding.readVarUint(decoder);
      return { kind: 'refused', count, code, text: decoding.readVarString(decoder) };
    }
    case MESSAGE.hand:
      return { kind: 'hand', bytes: frame };
    default:
      return { kind: 'other' };
  }
}

/**
 * An awareness frame with nobody's entry but `client`'s; null when it has none. The provider sends back every entry that
 * it receives: with eight people each change would go up eight times.
 */
export function onlyOwnEntry(frame: Uint8Array, client: number): Uint8Array | null {
  const decoder = decoding.createDecoder(frame);
  decoding.readVarUint(decoder);
  const update = decoding.createDecoder(decoding.readVarUint8Array(decoder));
  const entries = decoding.readVarUint(update);
  for (let entry = 0; entry < entries; entry++) {
    const id = decoding.readVarUint(update);
    const clock = decoding.readVarUint(update);
    const state = decoding.readVarString(update);
    if (id === client) return entries === 1 ? frame : awarenessFrame(id, clock, state);
  }
  return null;
}

function awarenessFrame(client: number, clock: number, state: string): Uint8Array {
  const update = encoding.createEncoder();
  encoding.writeVarUint(update, 1);
  encoding.writeVarUint(update, client);
  encoding.writeVarUint(update, clock);
  encoding.writeVarString(update, state);
  const frame = encoding.createEncoder();
  encoding.writeVarUint(frame, MESSAGE.awareness);
  encoding.writeVarUint8Array(frame, encoding.toUint8Array(update));
  return encoding.toUint8Array(frame);
}
