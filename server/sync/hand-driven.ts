import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { type Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { MESSAGE } from '../../lib/protocol';
import type { GoneOn, NewUpdate, UpdateLog } from '../ports';
import type { Clock, SocketLike } from './ports';

/** A clock that moves only when it is told to. */
export class HandClock implements Clock {
  private timers: { readonly at: number; readonly run: () => void }[] = [];
  private time = 1_760_000_000_000;

  now(): number {
    return this.time;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.time + ms, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Moves on, runs what is due in order of time, and lets promises settle after each. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      const [due] = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!due) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.time = due.at;
      due.run();
      await settled();
    }
    this.time = end;
    await settled();
  }
}

/** Resolves when every promise that can settle without time passing has. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

/** A real log whose appends and reads can be held back, or made to fail, by hand. */
export class HeldLog implements UpdateLog {
  readonly batches: (readonly NewUpdate[])[] = [];
  failNext: Error | null = null;
  private hold: Promise<void> | null = null;
  private holdReading: Promise<void> | null = null;
  private open = () => {};

  constructor(private readonly log: UpdateLog) {}

  /** From now on nothing is written or read until the result is called. */
  close(): () => void {
    this.hold = new Promise((resolve) => {
      this.open = resolve;
    });
    return () => {
      this.hold = null;
      this.open();
    };
  }

  /** From now on nothing is read until the result is called. */
  closeReading(): () => void {
    let open = () => {};
    this.holdReading = new Promise((resolve) => {
      open = resolve;
    });
    return () => {
      this.holdReading = null;
      open();
    };
  }

  async append(batch: readonly NewUpdate[], goneOn: readonly GoneOn[] = []): Promise<readonly (number | null)[]> {
    await this.hold;
    const fail = this.failNext;
    this.failNext = null;
    if (fail) throw fail;
    this.batches.push(batch);
    return await this.log.append(batch, goneOn);
  }

  async read(sessionId: string) {
    await this.hold;
    return await this.log.read(sessionId);
  }

  async since(sessionId: string, sequence: number) {
    await this.hold;
    await this.holdReading;
    return await this.log.since(sessionId, sequence);
  }

  count(sessionId: string): Promise<number> {
    return this.log.count(sessionId);
  }

  async compact(sessionId: string, snapshot: Uint8Array, through: number): Promise<void> {
    await this.hold;
    await this.log.compact(sessionId, snapshot, through);
  }

  async turn(...[sessionId, from, document]: Parameters<UpdateLog['turn']>) {
    await this.hold;
    return await this.log.turn(sessionId, from, document);
  }

  gesturesAfter(sessionId: string, sequence: number) {
    return this.log.gesturesAfter(sessionId, sequence);
  }

  newestGestures(sessionId: string, through: number, most: number) {
    return this.log.newestGestures(sessionId, through, most);
  }

  trimGestures(sessionId: string, most: number, mostBytes: number): Promise<void> {
    return this.log.trimGestures(sessionId, most, mostBytes);
  }

  remove(sessionId: string): Promise<void> {
    return this.log.remove(sessionId);
  }
}

/** What a socket was sent, in words. */
export type Heard =
  | { readonly what: 'state-vector' | 'difference' | 'update'; readonly bytes: Uint8Array }
  | { readonly what: 'awareness'; readonly entries: readonly { client: number; clock: number; state: Record<string, unknown> | null }[] }
  | { readonly what: 'saved'; readonly n: number }
  | { readonly what: 'refused'; readonly n: number; readonly code: number; readonly why: string }
  | { readonly what: 'hand'; readonly client: number; readonly payload: Uint8Array };

const SYNC = ['state-vector', 'difference', 'update'] as const;

/** A message of the service in words. */
export function readHeard(bytes: Uint8Array): Heard {
  const decoder = decoding.createDecoder(bytes);
  const type = decoding.readVarUint(decoder);
  if (type === MESSAGE.sync) {
    const what = SYNC[decoding.readVarUint(decoder)] ?? 'update';
    return { what, bytes: decoding.readVarUint8Array(decoder) };
  }
  if (type === MESSAGE.awareness) {
    const body = decoding.createDecoder(decoding.readVarUint8Array(decoder));
    const entries = Array.from({ length: decoding.readVarUint(body) }, () => ({
      client: decoding.readVarUint(body),
      clock: decoding.readVarUint(body),
      state: JSON.parse(decoding.readVarString(body)) as Record<string, unknown> | null,
    }));
    return { what: 'awareness', entries };
  }
  if (type === MESSAGE.saved) return { what: 'saved', n: decoding.readVarUint(decoder) };
  if (type === MESSAGE.refused) {
    const [n, code] = [decoding.readVarUint(decoder), decoding.readVarUint(decoder)];
    return { what: 'refused', n, code, why: decoding.readVarString(decoder) };
  }
  if (type === MESSAGE.hand) return { what: 'hand', client: decoding.readVarUint(decoder), payload: decoding.readVarUint8Array(decoder) };
  throw new Error(`Unknown message ${type}`);
}

/** A socket whose queue is emptied by hand. */
export class HandSocket implements SocketLike {
  buffered = 0;
  closed: { readonly code: number; readonly reason: string } | null = null;
  private queue: Uint8Array[] = [];

  send(bytes: Uint8Array): void {
    if (this.closed) throw new Error('Sent to a closed socket');
    this.queue.push(bytes);
  }

  close(code: number, reason: string): void {
    this.closed = { code, reason };
  }

  /** All that was sent since the last time. */
  take(): Heard[] {
    const { queue } = this;
    this.queue = [];
    return queue.map(readHeard);
  }
}

/** Messages as a client writes them. */
export const client = {
  sync: (subtype: 0 | 1 | 2, bytes: Uint8Array): Uint8Array => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE.sync);
    encoding.writeVarUint(encoder, subtype);
    encoding.writeVarUint8Array(encoder, bytes);
    return encoding.toUint8Array(encoder);
  },
  update: (bytes: Uint8Array) => client.sync(2, bytes),
  difference: (doc: Y.Doc, vector?: Uint8Array) => client.sync(1, Y.encodeStateAsUpdate(doc, vector)),
  awareness: (awareness: Awareness, clients: number[]): Uint8Array => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE.awareness);
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, clients));
    return encoding.toUint8Array(encoder);
  },
  entry: (id: number, clock: number, state: unknown): Uint8Array => {
    const body = encoding.createEncoder();
    encoding.writeVarUint(body, 1);
    encoding.writeVarUint(body, id);
    encoding.writeVarUint(body, clock);
    encoding.writeVarString(body, JSON.stringify(state));
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE.awareness);
    encoding.writeVarUint8Array(encoder, encoding.toUint8Array(body));
    return encoding.toUint8Array(encoder);
  },
};
