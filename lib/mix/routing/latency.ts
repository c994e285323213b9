import { leads } from '../automation/lane';
import type { Insert, InsertId, Mix, SendId, Strip, StripId } from '../model/mix';
import { stripValue } from '../model/read';
import { type Target, targetKey } from '../model/target';
import type { InsertType } from '../parameters/insert';
import { insertRow } from '../parameters/table';
import { destinations, processingOrder } from './graph';

const FRAMES_PER_MS = 48;

/** What delays by a number of frames that no setting changes. */
export interface FixedLatencies {
  /** An insert of a type, its look-ahead aside. */
  insert(type: InsertType): number;
  /** A strip's saturation, while it is on. */
  readonly saturation: number;
}

/** How late, in frames at 48 kHz, what goes into a strip comes to its parts. */
export interface StripPath {
  /** The equaliser, what others listen to, and what its own compressor hears. */
  readonly equaliser: number;
  readonly saturation: number;
  readonly inserts: ReadonlyMap<InsertId, number>;
  /** Pan, fader, sends and output. */
  readonly end: number;
}

/** How long each path has to wait, in frames at 48 kHz, so that all that meets has come equally far. */
export interface Compensation {
  /** On its way from a strip to its output; strips that need not wait are not in it. */
  readonly outputs: ReadonlyMap<StripId, number>;
  readonly sends: ReadonlyMap<SendId, number>;
  /** What goes into a strip, for what its compressor listens to is later; or that, where it is earlier. */
  readonly inputs: ReadonlyMap<StripId, number>;
  readonly keys: ReadonlyMap<StripId, number>;
  /** How late each strip hears the song, its own wait at the input included. */
  readonly arrivals: ReadonlyMap<StripId, number>;
  /** Strips whose sound, or key, comes early all the same, for a wait is longer than can be made; by how many frames at most. */
  readonly ahead: ReadonlyMap<StripId, number>;
  /** From any stem to the end of the master strip. */
  readonly total: number;
}

/** What an insert delays by, on or off: `fixed` frames by its type, and its look-ahead if it has one. */
function latencyOfInsert(insert: Insert, fixed: FixedLatencies): number {
  const value = (id: string) => insert.values[id] ?? insertRow(insert.type, id)?.default ?? 0;
  return fixed.insert(insert.type) + Math.round(value('lookahead') * FRAMES_PER_MS);
}

/** Whether a processor of a strip is on, or may be at some moment of the song. */
export function comesOn(mix: Mix, strip: Strip, processor: 'sat' | 'delay'): boolean {
  const parameter = `${processor}.on`;
  const lane = mix.automation.get(targetKey({ on: 'strip', id: strip.id, parameter }));
  return stripValue(strip, parameter) >= 0.5 || leads(lane);
}

/**
 * The path through a strip: the look-aheads of its gate and compressor and its inserts in `chain`, which count whether they are on or
 * off, so that switching moves nothing in time; and its saturation where it is `saturated`, for one that is off costs nothing.
 */
export function stripPath(strip: Strip, chain: readonly Insert[], saturated: boolean, fixed: FixedLatencies): StripPath {
  const ahead = (processor: string) => Math.round(stripValue(strip, `${processor}.lookahead`) * FRAMES_PER_MS);
  const equaliser = ahead('gate');
  const saturation = equaliser + ahead('comp');
  let end = saturation + (saturated ? fixed.saturation : 0);
  const inserts = new Map<InsertId, number>();
  for (const insert of chain) {
    inserts.set(insert.id, end);
    end += latencyOfInsert(insert, fixed);
  }
  return { equaliser, saturation, inserts, end };
}

/**
 * The waits that bring all paths together: at every group, effect return and the master all that comes in is as late as the
 * latest, and what a compressor listens to is as late as what it turns down. `longest` is the longest wait the desk can make.
 */
export function compensation(mix: Mix, paths: ReadonlyMap<StripId, StripPath>, longest: number): Compensation {
  const ways = destinations(mix);
  const arrivals = new Map<StripId, number>();
  const inputs = new Map<StripId, number>();
  const keys = new Map<StripId, number>();
  const ahead = new Map<StripId, number>();
  const waits = (id: StripId, frames: number) => {
    if (frames > longest) ahead.set(id, Math.max(ahead.get(id) ?? 0, frames - longest));
    return Math.min(longest, frames);
  };
  const arrival = (id: StripId) => arrivals.get(id) ?? 0;
  const hears = (id: StripId) => arrival(id) + (paths.get(id)?.equaliser ?? 0);
  const departure = (id: StripId) => arrival(id) + (paths.get(id)?.end ?? 0);
  const order = processingOrder(mix);
  // What comes into a strip, before it has waited for its key.
  const meets = new Map<StripId, number>();
  for (const { id, key } of order) {
    arrivals.set(id, meets.get(id) ?? 0);
    const behind = key !== undefined && arrivals.has(key) ? hears(key) - hears(id) : 0;
    if (behind > 0) inputs.set(id, waits(id, behind));
    if (behind < 0) keys.set(id, waits(id, -behind));
    arrivals.set(id, arrival(id) + (inputs.get(id) ?? 0));
    for (const to of ways.get(id) ?? []) meets.set(to, Math.max(meets.get(to) ?? 0, departure(id)));
  }
  const outputs = new Map<StripId, number>();
  const sends = new Map<SendId, number>();
  const wait = (from: StripId, to: StripId) => waits(from, (meets.get(to) ?? 0) - departure(from));
  for (const { id, output } of order) {
    const frames = output === null ? 0 : wait(id, output);
    if (frames > 0) outputs.set(id, frames);
  }
  for (const send of mix.sends.values()) {
    const frames = wait(send.from, send.to);
    if (frames > 0) sends.set(send.id, frames);
  }
  const last = order.at(-1);
  return { outputs, sends, inputs, keys, arrivals, ahead, total: last ? departure(last.id) : 0 };
}

const AT_INPUT = /^(trim|polarity|delay\.|hpf\.|lpf\.|gate\.)/;
const AT_EQUALISER = /^(eq|comp)\./;

function withinStrip(path: StripPath, parameter: string): number {
  if (AT_INPUT.test(parameter)) return 0;
  if (AT_EQUALISER.test(parameter)) return path.equaliser;
  return parameter.startsWith('sat.') ? path.saturation : path.end;
}

/**
 * How late the song is where a control acts on it, in frames: by so much its automation comes later. A VCA acts where the last of the
 * faders that follow it does.
 */
export function lateness(mix: Mix, target: Target, paths: ReadonlyMap<StripId, StripPath>, arrivals: Compensation['arrivals']): number {
  const at = (strip: StripId, within: (path: StripPath) => number) => {
    const path = paths.get(strip);
    return path ? (arrivals.get(strip) ?? 0) + within(path) : 0;
  };
  const end = (strip: StripId) => at(strip, (path) => path.end);
  if (target.on === 'send') return end(mix.sends.get(target.id)?.from ?? '');
  if (target.on === 'insert') {
    const id = target.id;
    return at(mix.inserts.get(id)?.strip ?? '', (path) => path.inserts.get(id) ?? path.end);
  }
  if (mix.strips.get(target.id)?.kind !== 'vca') return at(target.id, (path) => withinStrip(path, target.parameter));
  const members = [...mix.strips.values()].filter(({ kind, vcas }) => kind !== 'vca' && vcas.includes(target.id));
  return Math.max(0, ...members.map(({ id }) => end(id)));
}
