import {
  type Breakpoint,
  type Change,
  isStepped,
  leads,
  type Mix,
  noRoom,
  rowOf,
  type StripId,
  type Target,
  targetKey,
  writeRange,
} from '../../mix';
import { createStore, type ReadableStore, type Scope, type Store } from '../../std';
import type { WritingMode } from '../types';

export interface RecorderParts {
  readonly mix: () => Mix;
  readonly playing: ReadableStore<boolean>;
  /** The song's position as heard, seconds. */
  readonly position: () => number;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** A pass could not be written, and why. */
  readonly refused: (why: string) => void;
  /** What a control stands at now, lane and hands counted in. */
  readonly value: (target: Target) => number;
  readonly write: (changes: readonly Change[]) => void;
  /** A control that was kept at a value without a hand is free again. */
  readonly free: (key: string, target: Target) => void;
  readonly scope: Scope;
}

/** What a hand does to one control in one go. */
interface Pass {
  readonly target: Target;
  samples: Breakpoint[];
  value: number;
  /** When the last sample was taken, milliseconds. */
  seen: number;
  /** No hand is on it any more; it stays where it was left until the song stops. */
  latched: boolean;
}

/** A hand that rested for longer stood still: the way to its next move is no slope. */
const REST = 0.05;
const TICK_MS = 100;
/**
 * So many seconds farther on than time has gone since, the song was sent there: what is in between was not played. Less is the
 * clock of the sound, which moves by blocks and is nudged to keep with the others'.
 */
const SLACK = 0.25;
/** Points in one message of the mix's line. */
const MOST_FIELDS = 1200;

/** The strip that a control belongs to. */
function stripOf(mix: Mix, target: Target): StripId | undefined {
  if (target.on === 'strip') return target.id;
  return target.on === 'send' ? target.id.split('>')[0] : mix.inserts.get(target.id)?.strip;
}

/** Writes what hands do while the song plays into lanes, in the mode of each strip. Modes are this page's own. */
export class Recorder {
  private readonly modes = new Map<StripId, Store<WritingMode>>();
  private readonly passes = new Map<string, Pass>();

  constructor(private readonly parts: RecorderParts) {
    const { scope, playing } = parts;
    scope.add(playing.subscribe(() => (playing.get() ? this.begin() : this.finish())));
    scope.every(TICK_MS, () => this.tick());
  }

  mode(strip: StripId): Store<WritingMode> {
    const found = this.modes.get(strip);
    if (found) return found;
    const mode = createStore<WritingMode>('read');
    this.modes.set(strip, mode);
    return mode;
  }

  /** Whether a hand on the control writes its lane now. */
  records(target: Target): boolean {
    return this.parts.playing.get() && this.modeOf(target) !== 'read' && !rowOf(this.parts.mix(), target)?.fixed;
  }

  /** The controls that stay where they were left. */
  latched(): Iterable<readonly [string, { readonly target: Target; readonly value: number }]> {
    return [...this.passes].filter(([, pass]) => pass.latched);
  }

  /** A hand has the control at `value`. */
  note(target: Target, value: number): void {
    const at = this.parts.position();
    const pass = this.passOf(target, value);
    const last = pass.samples.at(-1);
    pass.latched = false;
    if (this.jumped(pass, at)) this.turn(pass, at);
    else if (last && at - last.at > REST) pass.samples.push({ at: at - REST / 5, value: pass.value, curve: 'linear' });
    pass.value = value;
    // One value for a moment: points of the same moment have no order of their own.
    if (pass.samples.at(-1)?.at === at) pass.samples.pop();
    this.sample(pass, at);
  }

  /** The hand is off: true if the control stays where it is, as in latch and write. */
  release(target: Target): boolean {
    const key = targetKey(target);
    const pass = this.passes.get(key);
    if (!pass) return false;
    if (this.modeOf(target) !== 'touch' && this.parts.playing.get()) pass.latched = true;
    else this.commit([key]);
    return pass.latched;
  }

  /** A value that was set at once stays until the song stops. */
  latch(target: Target, value: number): void {
    this.note(target, value);
    const pass = this.passes.get(targetKey(target));
    if (pass) pass.latched = true;
  }

  /** What the hand did is not kept. */
  drop(target: Target): void {
    this.passes.delete(targetKey(target));
  }

  private modeOf(target: Target): WritingMode {
    const strip = stripOf(this.parts.mix(), target);
    return strip === undefined ? 'read' : this.mode(strip).get();
  }

  private passOf(target: Target, value: number): Pass {
    const key = targetKey(target);
    const found = this.passes.get(key);
    if (found) return found;
    const pass: Pass = { target, samples: [], value, seen: 0, latched: false };
    this.passes.set(key, pass);
    return pass;
  }

  /** The song starts: in write mode every lane of the strip is written over from here on. */
  private begin(): void {
    for (const lane of this.parts.mix().automation.values()) {
      if (leads(lane) && this.modeOf(lane.target) === 'write') this.latch(lane.target, this.parts.value(lane.target));
    }
  }

  /** All passes end here, and are kept. */
  finish(): void {
    this.extend();
    this.commit([...this.passes.keys()]);
  }

  /** Passes go on while nothing moves; at a jump of the song they end, and new ones begin. */
  private tick(): void {
    if (this.passes.size === 0) return;
    const at = this.parts.position();
    for (const pass of this.passes.values()) {
      if (this.jumped(pass, at)) this.turn(pass, at);
    }
    this.extend();
  }

  /** Every pass up to now, as it stands. */
  private extend(): void {
    const at = this.parts.position();
    for (const pass of this.passes.values()) {
      const last = pass.samples.at(-1);
      if (this.jumped(pass, at)) continue;
      if (last && at > last.at + REST) this.sample(pass, at);
    }
  }

  /** Keeps what a pass has, and lets it begin again at `at`. */
  private turn(pass: Pass, at: number): void {
    this.parts.write(this.written(pass));
    pass.samples = [];
    this.sample(pass, at);
  }

  private sample(pass: Pass, at: number): void {
    pass.samples.push({ at, value: pass.value, curve: 'linear' });
    pass.seen = this.parts.now();
  }

  /** The song is somewhere else than time alone has brought it: it went round its loop, or was sent there. */
  private jumped({ samples, seen }: Pass, at: number): boolean {
    const last = samples.at(-1);
    return last !== undefined && (at < last.at || at - last.at > (this.parts.now() - seen) / 1000 + SLACK);
  }

  /** All of them as one change, or as few as the line can carry. */
  private commit(keys: readonly string[]): void {
    let changes: Change[] = [];
    let fields = 0;
    for (const key of keys) {
      const pass = this.passes.get(key);
      if (!pass) continue;
      this.passes.delete(key);
      const written = this.written(pass);
      const count = written.reduce((sum, change) => sum + (change.do === 'put' ? Object.keys(change.fields).length : 0), 0);
      if (fields > 0 && fields + count > MOST_FIELDS) {
        this.parts.write(changes);
        [changes, fields] = [[], 0];
      }
      changes.push(...written);
      fields += count;
      if (pass.latched) this.parts.free(key, pass.target);
    }
    if (changes.length > 0) this.parts.write(changes);
  }

  private written({ target, samples }: Pass): Change[] {
    const mix = this.parts.mix();
    const row = rowOf(mix, target);
    const last = samples.at(-1);
    // A switch that was pressed and let go in one moment still lasts for a moment.
    const pressed = row && last && isStepped(row) && samples.length === 1;
    const changes = writeRange(mix, target, pressed ? [last, { ...last, at: last.at + REST }] : samples);
    const why = changes.length === 0 && row ? noRoom(mix, target) : null;
    if (why) this.parts.refused(why);
    return changes;
  }
}
