import { type FrameLoop, segmentsAhead, slotFills } from '../../media';
import { type DecodedSegment, DecoderStopped, type SegmentDecoder } from './decode';
import type { SegmentFiles } from './segment-files';

/** The slots of one stem in the desk's memory. */
export interface SourceSlots {
  /** The segment in each slot, −1 where there is none. */
  held(): readonly number[];
  /** Whether what a slot holds is heard now. */
  sounds(slot: number): boolean;
  /** Resolves once a slot holds nothing and nobody reads there any more. What sounds is left until it has faded, or `signal` aborts. */
  empty(slot: number, signal: AbortSignal): Promise<void>;
  /** Puts a segment into an emptied slot; null is silence. */
  fill(slot: number, segment: number, decoded: DecodedSegment | null): void;
}

export interface FillSource {
  readonly slots: SourceSlots;
  /** The address of each segment's file; null where it is silent. */
  readonly files: readonly (string | null)[];
}

interface Job {
  readonly id: string;
  readonly segment: number;
  readonly slot: number;
  readonly abort: AbortController;
}

/** Segments fetched at once; one at a time dropped out under load. */
const IN_FLIGHT = 6;

/** Keeps the slots of all stems filled with what will be heard next, the soonest first. */
export class Filler {
  private sources: ReadonlyMap<string, FillSource> = new Map();
  private readonly jobs = new Set<Job>();
  private ahead: readonly number[] = [];
  private slots = 0;
  private waiting: readonly { readonly count: number; readonly resolve: () => void; readonly reject: (reason: unknown) => void }[] = [];
  /** Why nothing can be filled any more. */
  private broken: { readonly why: unknown } | null = null;

  constructor(
    private readonly files: SegmentFiles,
    private readonly decoder: SegmentDecoder,
    /** Hears of a file that came damaged twice; silence is heard in its place. */
    private readonly damaged: (file: string) => void,
  ) {}

  setSources(sources: ReadonlyMap<string, FillSource>): void {
    this.sources = sources;
    this.slots = Math.max(0, ...[...sources.values()].map((source) => source.slots.held().length));
    this.advance();
  }

  /** Plans from the playhead (frames of the song); call whenever it has moved. */
  look(position: number, loop: FrameLoop | null): void {
    this.ahead = segmentsAhead(position, loop, this.slots);
    this.advance();
  }

  /**
   * Resolves when the next `count` segments to be heard are there for every stem; plan with `look` first.
   * Rejects when files or decoder have given up.
   */
  whenHeld(count: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.broken) return reject(this.broken.why);
      this.waiting = [...this.waiting, { count, resolve, reject }];
      this.tell();
    });
  }

  private holds(count: number): boolean {
    const soon = this.ahead.slice(0, count);
    return [...this.sources.values()].every(({ slots, files }) => {
      const held = slots.held();
      return soon.every((segment) => segment >= files.length || held.includes(segment));
    });
  }

  private tell(): void {
    const done = this.waiting.filter(({ count }) => this.holds(count));
    if (done.length === 0) return;
    this.waiting = this.waiting.filter((one) => !done.includes(one));
    for (const { resolve } of done) resolve();
  }

  close(): void {
    for (const job of this.jobs) job.abort.abort();
    this.sources = new Map();
  }

  private wants(id: string, segment: number): boolean {
    return this.ahead.includes(segment) && segment < (this.sources.get(id)?.files.length ?? 0);
  }

  private giveUp(why: unknown): void {
    this.broken = { why };
    for (const { reject } of this.waiting) reject(why);
    this.waiting = [];
    this.close();
  }

  private advance(): void {
    if (this.broken) return;
    for (const job of this.jobs) if (!this.wants(job.id, job.segment)) job.abort.abort();
    for (const { id, source, slot, segment } of this.missing()) {
      const file = source.files[segment];
      if (file !== undefined && this.jobs.size < IN_FLIGHT)
        void this.run({ id, segment, slot, abort: new AbortController() }, source, file);
    }
    this.tell();
  }

  /** What is neither there nor on its way, in the order in which it will be heard. */
  private missing() {
    const list = [...this.sources].flatMap(([id, source]) => {
      const coming = [...this.jobs].filter((job) => job.id === id && !job.abort.signal.aborted);
      // A slot that a job is about to fill counts as holding that segment already.
      const held = source.slots.held().map((segment, slot) => coming.find((job) => job.slot === slot)?.segment ?? segment);
      const wanted = this.ahead.filter((segment) => segment < source.files.length);
      return slotFills(held, wanted, (slot) => source.slots.sounds(slot)).map((fill) => ({ id, source, ...fill }));
    });
    return list.sort((a, b) => this.ahead.indexOf(a.segment) - this.ahead.indexOf(b.segment));
  }

  private async run(job: Job, source: FillSource, file: string | null): Promise<void> {
    const { signal } = job.abort;
    this.jobs.add(job);
    try {
      const [decoded] = await Promise.all([file === null ? null : this.load(file, signal), source.slots.empty(job.slot, signal)]);
      if (!signal.aborted && this.sources.get(job.id) === source) source.slots.fill(job.slot, job.segment, decoded);
    } catch (reason) {
      if (!signal.aborted) this.giveUp(reason);
    } finally {
      this.jobs.delete(job);
      this.advance();
    }
  }

  /** Fetches and decodes; a damaged file is fetched once more, since it may have been damaged on its way. */
  private async load(file: string, signal: AbortSignal): Promise<DecodedSegment | null> {
    for (let attempt = 1; attempt <= 2; attempt++) {
      const bytes = await this.files.get(file, signal);
      try {
        return await this.decoder.decode(bytes);
      } catch (reason) {
        if (reason instanceof DecoderStopped) throw reason;
        this.files.forget(file);
      }
    }
    this.damaged(file);
    return null;
  }
}
