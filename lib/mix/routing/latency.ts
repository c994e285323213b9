import type { Insert, Mix, SendId, Strip, StripId } from '../model/mix';
import { stripValue } from '../model/read';
import type { InsertType } from '../parameters/insert';
import { insertRow } from '../parameters/table';
import { destinations, processingOrder } from './graph';

const FRAMES_PER_MS = 48;

/** How long each path has to wait, in frames at 48 kHz, so that all that meets has come equally far. */
export interface Compensation {
  /** On its way from a strip to its output; strips that need not wait are not in it. */
  readonly outputs: ReadonlyMap<StripId, number>;
  readonly sends: ReadonlyMap<SendId, number>;
  /** From any stem to the end of the master strip. */
  readonly total: number;
}

/** What an insert delays by, on or off: `fixed` frames by its type, and its look-ahead if it has one. */
function latencyOfInsert(insert: Insert, fixed: (type: InsertType) => number): number {
  const value = (id: string) => insert.values[id] ?? insertRow(insert.type, id)?.default ?? 0;
  return fixed(insert.type) + Math.round(value('lookahead') * FRAMES_PER_MS);
}

/**
 * Frames by which a strip delays what goes through it: the look-aheads of its gate and compressor, and its inserts in
 * `chain`. All of it counts whether it is switched on or off, so that switching moves nothing in time.
 */
export function stripLatency(strip: Strip, chain: readonly Insert[], fixed: (type: InsertType) => number): number {
  const ahead = (processor: string) => Math.round(stripValue(strip, `${processor}.lookahead`) * FRAMES_PER_MS);
  return chain.reduce((sum, insert) => sum + latencyOfInsert(insert, fixed), ahead('gate') + ahead('comp'));
}

/**
 * The waits that bring all paths together: at every group, effect return and the master all that comes in is as late as the
 * latest. `latency` has the frames by which each strip delays; `longest` is the longest wait the desk can make.
 */
export function compensation(mix: Mix, latency: ReadonlyMap<StripId, number>, longest: number): Compensation {
  const ways = destinations(mix);
  const arrival = new Map<StripId, number>();
  const departure = (id: StripId) => (arrival.get(id) ?? 0) + (latency.get(id) ?? 0);
  const order = processingOrder(mix);
  for (const { id } of order) {
    const leaves = departure(id);
    for (const to of ways.get(id) ?? []) arrival.set(to, Math.max(arrival.get(to) ?? 0, leaves));
  }
  const outputs = new Map<StripId, number>();
  const sends = new Map<SendId, number>();
  const wait = (from: StripId, to: StripId) => Math.min(longest, (arrival.get(to) ?? 0) - departure(from));
  for (const { id, output } of order) {
    const frames = output === null ? 0 : wait(id, output);
    if (frames > 0) outputs.set(id, frames);
  }
  for (const send of mix.sends.values()) {
    const frames = wait(send.from, send.to);
    if (frames > 0) sends.set(send.id, frames);
  }
  const last = order.at(-1);
  return { outputs, sends, total: last ? departure(last.id) : 0 };
}
