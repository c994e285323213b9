import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { LoggedUpdate } from '../ports';

/** What one instance tells the others of somebody connected to it. */
export interface PeerPresence {
  readonly client: number;
  readonly clock: number;
  readonly userId: string;
  readonly gone: boolean;
  /** The awareness entry as everybody is sent it. */
  readonly entry: Uint8Array;
}

/** What the rooms of one session on several instances say to each other. All of it comes from instances of this service. */
export type PeerMessage =
  /** Rows that are in the log; `n` counts these messages of one room, so that a lost one is missed. */
  | { readonly kind: 'rows'; readonly n: number; readonly rows: readonly LoggedUpdate[] }
  /** Who is here: what changed, or with `all` everybody. */
  | { readonly kind: 'presence'; readonly all: boolean; readonly people: readonly PeerPresence[] }
  /** A hand message as everybody is sent it. */
  | { readonly kind: 'hand'; readonly bytes: Uint8Array }
  /** Please say who is with you. */
  | { readonly kind: 'who' };

const KINDS = ['rows', 'presence', 'hand', 'who'] as const;

export function encodePeerMessage(message: PeerMessage): Uint8Array {
  const to = encoding.createEncoder();
  encoding.writeUint8(to, KINDS.indexOf(message.kind));
  switch (message.kind) {
    case 'rows':
      encoding.writeVarUint(to, message.n);
      encoding.writeVarUint(to, message.rows.length);
      for (const row of message.rows) writeRow(to, row);
      break;
    case 'presence':
      encoding.writeUint8(to, message.all ? 1 : 0);
      encoding.writeVarUint(to, message.people.length);
      for (const one of message.people) writePresence(to, one);
      break;
    case 'hand':
      encoding.writeVarUint8Array(to, message.bytes);
      break;
    case 'who':
      break;
  }
  return encoding.toUint8Array(to);
}

/** Null for what a newer or older version of the service sends. */
export function decodePeerMessage(bytes: Uint8Array): PeerMessage | null {
  try {
    return read(decoding.createDecoder(bytes));
  } catch {
    return null;
  }
}

function read(from: decoding.Decoder): PeerMessage | null {
  const kind = KINDS[decoding.readUint8(from)];
  switch (kind) {
    case 'rows': {
      const n = decoding.readVarUint(from);
      return { kind, n, rows: many(from, readRow) };
    }
    case 'presence': {
      const all = decoding.readUint8(from) === 1;
      return { kind, all, people: many(from, readPresence) };
    }
    case 'hand':
      return { kind, bytes: decoding.readVarUint8Array(from) };
    case 'who':
      return { kind };
    default:
      return null;
  }
}

const many = <T>(from: decoding.Decoder, one: (from: decoding.Decoder) => T): T[] =>
  Array.from({ length: decoding.readVarUint(from) }, () => one(from));

function writeRow(to: encoding.Encoder, { sequence, update, userId, clientId, at, epoch }: LoggedUpdate): void {
  encoding.writeVarUint(to, sequence);
  encoding.writeVarUint8Array(to, update);
  encoding.writeAny(to, userId);
  encoding.writeAny(to, clientId);
  encoding.writeVarUint(to, at);
  encoding.writeVarUint(to, epoch);
}

function readRow(from: decoding.Decoder): LoggedUpdate {
  const sequence = decoding.readVarUint(from);
  const update = decoding.readVarUint8Array(from);
  const [userId, clientId]: unknown[] = [decoding.readAny(from), decoding.readAny(from)];
  const at = decoding.readVarUint(from);
  const epoch = decoding.readVarUint(from);
  return {
    ...{ sequence, update, at, epoch },
    userId: typeof userId === 'string' ? userId : null,
    clientId: typeof clientId === 'number' ? clientId : null,
  };
}

function writePresence(to: encoding.Encoder, { client, clock, userId, gone, entry }: PeerPresence): void {
  encoding.writeVarUint(to, client);
  encoding.writeVarUint(to, clock);
  encoding.writeVarString(to, userId);
  encoding.writeUint8(to, gone ? 1 : 0);
  encoding.writeVarUint8Array(to, entry);
}

function readPresence(from: decoding.Decoder): PeerPresence {
  const client = decoding.readVarUint(from);
  const clock = decoding.readVarUint(from);
  const userId = decoding.readVarString(from);
  const gone = decoding.readUint8(from) === 1;
  return { client, clock, userId, gone, entry: decoding.readVarUint8Array(from) };
}
