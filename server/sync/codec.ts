import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { MESSAGE } from '../../lib/protocol';

const STEP1 = 0;
const STEP2 = 1;
const UPDATE = 2;

/** One entry of an awareness message; `state` as the JSON text that came. */
export interface AwarenessEntry {
  readonly client: number;
  readonly clock: number;
  readonly json: string;
}

export type Message =
  | { readonly kind: 'state-vector'; readonly bytes: Uint8Array }
  /** `first` is what answers our state vector (sync subtype 1), else an update (2). */
  | { readonly kind: 'update'; readonly first: boolean; readonly bytes: Uint8Array }
  | { readonly kind: 'awareness'; readonly entries: readonly AwarenessEntry[] }
  | { readonly kind: 'query-awareness' }
  | { readonly kind: 'hand'; readonly payload: Uint8Array };

const MOST_ENTRIES = 1000;

function readAwareness(bytes: Uint8Array): AwarenessEntry[] {
  const decoder = decoding.createDecoder(bytes);
  const count = decoding.readVarUint(decoder);
  if (count > MOST_ENTRIES) throw new Error('Too many awareness entries');
  const entries: AwarenessEntry[] = [];
  for (let index = 0; index < count; index++) {
    const client = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    entries.push({ client, clock, json: decoding.readVarString(decoder) });
  }
  return entries;
}

function readSync(decoder: decoding.Decoder): Message {
  const subtype = decoding.readVarUint(decoder);
  const bytes = decoding.readVarUint8Array(decoder);
  if (subtype === STEP1) return { kind: 'state-vector', bytes };
  if (subtype === STEP2 || subtype === UPDATE) return { kind: 'update', first: subtype === STEP2, bytes };
  throw new Error(`No sync message ${subtype}`);
}

/** Reads a client's message; null for what is none. Types are varints: the same number can be written in more than one way. */
export function decodeMessage(bytes: Uint8Array): Message | null {
  try {
    const decoder = decoding.createDecoder(bytes);
    const type = decoding.readVarUint(decoder);
    if (type === MESSAGE.sync) return readSync(decoder);
    if (type === MESSAGE.awareness) return { kind: 'awareness', entries: readAwareness(decoding.readVarUint8Array(decoder)) };
    if (type === MESSAGE.queryAwareness) return { kind: 'query-awareness' };
    if (type === MESSAGE.hand) return { kind: 'hand', payload: decoding.readVarUint8Array(decoder) };
    return null;
  } catch {
    return null;
  }
}

function message(...write: ((encoder: encoding.Encoder) => void)[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const part of write) part(encoder);
  return encoding.toUint8Array(encoder);
}
const uint = (value: number) => (encoder: encoding.Encoder) => encoding.writeVarUint(encoder, value);
const bytesOf = (value: Uint8Array) => (encoder: encoding.Encoder) => encoding.writeVarUint8Array(encoder, value);
const text = (value: string) => (encoder: encoding.Encoder) => encoding.writeVarString(encoder, value);

export const encodeStateVector = (vector: Uint8Array) => message(uint(MESSAGE.sync), uint(STEP1), bytesOf(vector));
export const encodeDifference = (update: Uint8Array) => message(uint(MESSAGE.sync), uint(STEP2), bytesOf(update));
export const encodeUpdate = (update: Uint8Array) => message(uint(MESSAGE.sync), uint(UPDATE), bytesOf(update));
/** The first `n` update messages of this connection are on disk. Made by hand: after each commit goes one to whoever wrote. */
export function encodeSaved(n: number): Uint8Array {
  const bytes: number[] = [MESSAGE.saved];
  let rest = n;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push(128 | (rest % 128));
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
/** The `n`-th update message was refused. */
export const encodeRefused = (n: number, code: number, why: string) => message(uint(MESSAGE.refused), uint(n), uint(code), text(why));

export const encodeAwarenessEntry = ({ client, clock, json }: AwarenessEntry) => message(uint(client), uint(clock), text(json));

/** An awareness message of entries that are encoded already; with none it is the heartbeat. */
export function encodeAwareness(entries: readonly Uint8Array[]): Uint8Array {
  const body = message(
    uint(entries.length),
    ...entries.map((entry) => (encoder: encoding.Encoder) => encoding.writeUint8Array(encoder, entry)),
  );
  return message(uint(MESSAGE.awareness), bytesOf(body));
}
