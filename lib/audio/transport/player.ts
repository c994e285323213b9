import { foldIntoLoop } from '../../clock';
import type { FrameLoop } from '../../media';
import { createStore, type ReadableStore, type Scope } from '../../std';
import { SAMPLE_RATE } from '../../units';
import type { DeskLine } from '../driver/line';
import type { Player } from '../types';
import type { ContextClock } from './context-clock';
import { SongClock } from './song-clock';

/** The running sound under a player. */
export interface Output {
  readonly line: DeskLine;
  readonly clock: ContextClock;
  /** The context's frame less the frames the desk has delivered. */
  readonly offset: number;
}

/** Tells whoever fills the slots where the playhead is about to be. */
export interface FollowsPlayhead {
  at(frame: number): void;
  loop(loop: FrameLoop | null): void;
  /** Whether all that sounds there can be played. */
  holds(frame: number): boolean;
}

/** Errors up to this are left alone: the readings are no better, and nobody hears them. */
const DEAD_ZONE_MS = 2;
/** A smaller error has to show twice before it is believed, for readings jitter, and is slewed away; a larger one is jumped over. */
const PLAIN_MS = 10;
/** After a jump the clocks settle before the next one. */
const SETTLE_MS = 1000;
/** How soon a start that comes too late can be made good: an operation's way into the desk, with room for a slow page. */
const LEAD_MS = 60;

/** How often it is looked whether the desk waits, or has what the resting playhead needs. */
const LOOK_MS = 50;

/** Ends a slew: what it was to make good is measured anew. */
const STAY = { do: 'slew', frames: 0 } as const;

const toFrame = (seconds: number) => Math.max(0, Math.round(seconds * SAMPLE_RATE));

interface Wanted {
  readonly position: number;
  readonly at: number | undefined;
}

/** Playing on this machine; see `Player`. Works before the sound has started: what was asked for then happens at once after. */
export class DeskPlayer implements Player {
  private readonly playingStore = createStore(false);
  private readonly waitingStore = createStore(false);
  private readonly readyStore = createStore(false);
  private readonly correctionsStore = createStore(0);
  private output: Output | null = null;
  private song: SongClock | null = null;
  /** A start that the desk has not been told of yet. */
  private wanted: Wanted | null = null;
  private rest = 0;
  private loop: { from: number; until: number } | null = null;
  private correctedAt = Number.NEGATIVE_INFINITY;
  /** The last error outside the dead zone that has shown once, in milliseconds. */
  private suspected: number | null = null;
  private nudge = 0;

  constructor(
    private readonly filler: FollowsPlayhead,
    scope: Scope,
    private readonly now: () => number = () => performance.now(),
  ) {
    scope.every(LOOK_MS, () => this.look());
  }

  get playing(): ReadableStore<boolean> {
    return this.playingStore;
  }

  get waiting(): ReadableStore<boolean> {
    return this.waitingStore;
  }

  get ready(): ReadableStore<boolean> {
    return this.readyStore;
  }

  get corrections(): ReadableStore<number> {
    return this.correctionsStore;
  }

  /** Milliseconds that the device sounds later than its clock says. */
  setNudge(ms: number): void {
    this.nudge = ms;
  }

  /** The sound has started. */
  connect(output: Output): void {
    this.output = output;
    this.song = new SongClock(output.line.desk);
    this.restate();
  }

  /** Says again to a desk that slept what it has missed: the loop, a start, a stop. A song that goes on is found by `follow`. */
  restate(): void {
    this.setLoop(this.loop);
    if (this.wanted) this.begin(this.wanted);
    else if (!this.playingStore.get()) this.output?.line.write([{ do: 'stop' }]);
  }

  /** Reads whether the desk waits for data, or has it. */
  private look(): void {
    const playing = this.playingStore.get();
    this.waitingStore.set(playing && this.output?.line.desk.waiting === true);
    this.readyStore.set(playing ? !this.waitingStore.get() : this.filler.holds(toFrame(this.rest)));
  }

  play(position: number, at?: number): void {
    this.rest = position;
    this.playingStore.set(true);
    if (!this.output?.line.awake) this.filler.at(toFrame(position));
    this.begin({ position, at });
  }

  stop(position?: number): void {
    const heard = this.position();
    this.playingStore.set(false);
    this.waitingStore.set(false);
    this.wanted = null;
    this.output?.line.write([STAY, { do: 'stop' }]);
    this.rest = position ?? heard;
    this.filler.at(toFrame(this.rest));
  }

  seek(position: number): void {
    this.rest = position;
    if (this.playingStore.get()) {
      const told = this.output?.line.write([{ do: 'seek', position: toFrame(position) }]) ?? null;
      if (told === null) this.wanted = { position, at: undefined };
      else this.song?.begin(toFrame(position));
    }
    // After the desk: the sooner it leaves, the sooner its place can be filled anew.
    this.filler.at(toFrame(position));
  }

  setLoop(loop: { from: number; until: number } | null): void {
    this.loop = loop && toFrame(loop.until) > toFrame(loop.from) ? loop : null;
    const frames = this.loopFrames();
    this.song?.setLoop(frames);
    this.filler.loop(frames);
    this.output?.line.write([{ do: 'loop', range: frames }]);
  }

  position(): number {
    if (!this.playingStore.get()) return this.rest;
    return this.frameAt(this.now()) ?? this.rest;
  }

  /** What of the song, in seconds, leaves the speakers at `at` (performance.now ms); null while nothing sounds. */
  private frameAt(at: number): number | null {
    const output = this.outputFrameAt(at);
    const frame = output === null ? undefined : this.song?.frameAt(output);
    return frame === undefined || frame === null ? null : frame / SAMPLE_RATE;
  }

  follow(position: number, at: number): number {
    const line = this.output?.line;
    if (!this.playingStore.get() || this.wanted || !line?.awake || line.desk.waiting) return 0;
    // The median of three, for a reading can fall between two writes of the desk.
    const errors = [0, 1, 2].flatMap(() => this.frameAt(at) ?? []).map((actual) => this.errorOf(position, actual));
    const error = errors.sort((a, b) => a - b)[1];
    if (error === undefined) return 0;
    if (Math.abs(error) > PLAIN_MS) this.jump(line, error);
    else this.slew(line, error);
    return error;
  }

  private jump(line: DeskLine, error: number): void {
    const now = this.now();
    if (now - this.correctedAt <= SETTLE_MS) return;
    this.correctedAt = now;
    this.suspected = null;
    this.correctionsStore.set(this.correctionsStore.get() + 1);
    line.write([STAY, { do: 'jump', frames: Math.round((error / 1000) * SAMPLE_RATE) }]);
  }

  /** Leads there inaudibly, and without a change of a bit of the mix, unless a slew that is under way already does. */
  private slew(line: DeskLine, error: number): void {
    const off = error - (line.desk.slewing / SAMPLE_RATE) * 1000;
    if (!this.believes(off)) return;
    this.suspected = null;
    line.write([{ do: 'slew', frames: Math.round((error / 1000) * SAMPLE_RATE) }]);
  }

  /** Whether a small error is one: outside the dead zone twice and by the same amount. */
  private believes(error: number): boolean {
    const before = this.suspected;
    const outside = Math.abs(error) > DEAD_ZONE_MS;
    this.suspected = outside ? error : null;
    return outside && before !== null && Math.abs(error - before) < DEAD_ZONE_MS;
  }

  /** Milliseconds by which `actual` is behind `position`, the short way round where there is a loop. */
  private errorOf(position: number, actual: number): number {
    const error = position - actual;
    const { loop } = this;
    if (!loop || [position, actual].some((seconds) => seconds < loop.from || seconds >= loop.until)) return error * 1000;
    const length = loop.until - loop.from;
    return (error - Math.round(error / length) * length) * 1000;
  }

  /** The desk's output frame that leaves the speakers at `at` (performance.now ms). */
  private outputFrameAt(at: number): number | null {
    const seconds = this.output?.clock.contextTime(at - this.nudge) ?? null;
    if (seconds === null || !this.output) return null;
    const { offset, line } = this.output;
    return Math.round(seconds * SAMPLE_RATE + line.desk.slipped) - offset;
  }

  /** Starts as soon as the desk can be told: at once, or when the sound begins or wakes. */
  private begin(wanted: Wanted): void {
    this.wanted = this.start(wanted) ? null : wanted;
  }

  private start({ position, at }: Wanted): boolean {
    if (!this.output?.line.awake) return false;
    const { line } = this.output;
    const now = this.now();
    // A start that had to wait for data is late by as much: the first look may correct it.
    this.correctedAt = Number.NEGATIVE_INFINITY;
    this.suspected = null;
    // Too late for the asked moment: join where the song will be in a moment.
    const soonest = now + LEAD_MS + this.nudge;
    const late = at !== undefined && at < soonest ? soonest - at : 0;
    const from = foldIntoLoop(position + late / 1000, position, this.loop);
    const output = at === undefined ? null : this.outputFrameAt(at + late);
    // The song's frame comes into the mix `latency` frames after the desk reads it.
    const startAt = output === null ? null : output - line.desk.latency;
    this.song?.begin(toFrame(from));
    const start = { do: 'start', position: toFrame(from), ...(startAt === null || startAt < 0 ? {} : { at: startAt }) } as const;
    const told = line.write([STAY, start]);
    this.filler.at(toFrame(from));
    return told !== null;
  }

  private loopFrames(): FrameLoop | null {
    return this.loop && { from: toFrame(this.loop.from), until: toFrame(this.loop.until) };
  }
}
