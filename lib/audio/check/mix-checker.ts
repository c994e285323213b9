import type { CheckOptions, Finding, MasterMeasure, StripMeasure } from '../../analysis';
import type { StemManifest } from '../../media';
import type { Mix, StripId } from '../../mix';
import { createStore, type ReadableStore } from '../../std';
import type { FromCheckWorker, FromMeasureWorker, MeasureJob, ToCheckWorker, ToMeasureWorker } from './messages';
import { processingOf } from './processing';

/** A worker as the checker needs it. */
export interface WorkerLine<To, From> {
  send(message: To, transfer?: Transferable[]): void;
  hear(take: (message: From) => void): void;
  end(): void;
}

export interface CheckMeans {
  readonly measurers: readonly WorkerLine<ToMeasureWorker, FromMeasureWorker>[];
  readonly checker: WorkerLine<ToCheckWorker, FromCheckWorker>;
}

/** What is known of a mix by now. */
export interface MixCheck {
  /** Null before anything is known. */
  readonly findings: readonly Finding[] | null;
  /** Measurements made, of those the mix needs. */
  readonly done: number;
  readonly needed: number;
  /** The findings are of the mix as it was looked at last, with all of its strips measured. */
  readonly settled: boolean;
  /** Strips that could not be measured, and why. */
  readonly failed: ReadonlyMap<StripId, string>;
  readonly master: MasterMeasure | null;
}

interface Looked {
  readonly mix: Mix;
  readonly stems: ReadonlyMap<string, StemManifest>;
  readonly options: Omit<CheckOptions, 'master'>;
}

interface Job {
  readonly name: string;
  readonly strip: StripId | null;
  readonly job: MeasureJob;
}

const stemName = ({ stemId, segmentBase, segments }: StemManifest) => `stem ${stemId} ${segmentBase} ${segments.length} ${segments[0]}`;
const buffersOf = (measure: StripMeasure): Transferable[] =>
  Object.values(measure).flatMap((value) => (value instanceof Float32Array || value instanceof Float64Array ? [value.buffer] : []));

/**
 * Keeps a check of a mix up to date: measures what is not known yet, each thing once, several at a time, and has the findings
 * made anew when anything has changed. A moved fader measures nothing.
 */
export class MixChecker {
  private readonly store = createStore<MixCheck>({ findings: null, done: 0, needed: 0, settled: false, failed: new Map(), master: null });
  readonly state: ReadableStore<MixCheck> = this.store;
  private readonly idle: WorkerLine<ToMeasureWorker, FromMeasureWorker>[];
  private readonly known = new Set<string>();
  private readonly failures = new Map<string, string>();
  private readonly underWay = new Set<string>();
  private looked: Looked | null = null;
  private master: { readonly name: string; readonly measure: MasterMeasure } | null = null;
  /** The mix has rested for long enough to be measured as a whole. */
  private rested = false;
  private checking = false;
  private stale = false;

  constructor(private readonly means: CheckMeans) {
    this.idle = [...means.measurers];
    means.checker.hear(({ findings }) => {
      this.checking = false;
      const now = this.store.get();
      this.store.set({ ...now, findings, settled: !this.stale && now.done === now.needed });
      if (this.stale) this.recheck();
    });
  }

  /** The mix that is to be checked from now on. */
  look(looked: Looked): void {
    this.looked = looked;
    this.rested = false;
    this.forgetOthers();
    this.work();
    this.recheck();
  }

  /** Nobody has moved anything for a while: the mix as a whole is measured too, which takes a render of all of it. */
  rest(): void {
    this.rested = true;
    this.work();
  }

  close(): void {
    for (const line of this.means.measurers) line.end();
    this.means.checker.end();
  }

  /** Names of a strip's two measures: of its stem, and after its processing. */
  private namesOf({ mix, stems }: Looked): Map<StripId, { before: string; after: string; stem: StemManifest }> {
    const names = new Map<StripId, { before: string; after: string; stem: StemManifest }>();
    for (const strip of mix.strips.values()) {
      const stem = stems.get(strip.stem ?? '');
      if (!stem) continue;
      const before = stemName(stem);
      const shaped = processingOf(mix, strip);
      names.set(strip.id, { before, after: shaped === null ? before : `${before} ${shaped}`, stem });
    }
    return names;
  }

  private jobs(looked: Looked): Job[] {
    const { mix, stems } = looked;
    const names = [...this.namesOf(looked)];
    const recorded = names.map(([strip, { before, stem }]): Job => ({ name: before, strip, job: { of: 'stem', stem } }));
    const shaped = names
      .filter(([, { before, after }]) => before !== after)
      .map(([strip, { after }]): Job => ({ name: after, strip, job: { of: 'strip', mix, strip, stems } }));
    const frames = this.rested ? Math.max(0, ...names.map(([, { stem }]) => stem.frames)) : 0;
    if (frames === 0) return [...recorded, ...shaped];
    const whole: Job = {
      name: `mix ${JSON.stringify([...mix.strips, ...mix.sends, ...mix.inserts, ...mix.automation])}`,
      strip: null,
      job: { of: 'mix', mix, stems, frames },
    };
    return [...recorded, ...shaped, whole];
  }

  private isKnown({ name }: Job): boolean {
    return this.known.has(name) || this.failures.has(name) || this.master?.name === name;
  }

  /** Gives idle workers what is still to be measured. The mix as a whole comes last, and not while a strip is under way. */
  private work(): void {
    const { looked } = this;
    if (!looked) return;
    const jobs = this.jobs(looked);
    const open = jobs.filter((job) => !this.isKnown(job) && !this.underWay.has(job.name));
    for (const job of open) {
      if (job.job.of === 'mix' && this.underWay.size > 0) continue;
      const line = this.idle.pop();
      if (!line) break;
      this.measure(line, job);
    }
    const strips = jobs.filter(({ strip }) => strip !== null);
    const failed = new Map(
      strips.flatMap((job) =>
        this.failures.has(job.name) ? [[job.strip as StripId, this.failures.get(job.name) as string] as const] : [],
      ),
    );
    this.store.set({
      ...this.store.get(),
      failed,
      done: strips.filter((job) => this.isKnown(job)).length,
      needed: strips.length,
      master: this.master?.measure ?? null,
    });
  }

  private measure(line: WorkerLine<ToMeasureWorker, FromMeasureWorker>, { name, job }: Job): void {
    this.underWay.add(name);
    line.hear((message) => {
      this.underWay.delete(name);
      this.idle.push(line);
      if (message.did === 'fail') this.failures.set(name, message.why);
      else if (message.did === 'mix') this.master = { name, measure: message.measure };
      else if (message.did === 'strip') {
        this.known.add(name);
        this.means.checker.send({ do: 'keep', name, measure: message.measure }, buffersOf(message.measure));
      }
      this.work();
      this.recheck();
    });
    line.send({ do: 'measure', job });
  }

  private recheck(): void {
    const { looked } = this;
    if (!looked) return;
    if (this.store.get().settled) this.store.set({ ...this.store.get(), settled: false });
    this.stale = this.checking;
    if (this.checking) return;
    const names = this.namesOf(looked);
    const sounds = new Map(
      [...names].flatMap(([id, { before, after }]) =>
        this.known.has(before) ? [[id, { before, after: this.known.has(after) ? after : before }] as const] : [],
      ),
    );
    if (sounds.size === 0) return;
    const partial = [...names.values()].some(({ before }) => !this.known.has(before) && !this.failures.has(before));
    this.checking = true;
    const options = { ...looked.options, master: this.master?.measure ?? null };
    this.means.checker.send({ do: 'check', mix: looked.mix, sounds, options, partial });
  }

  /** Drops what was measured of processing that is no more; what stems are is kept. */
  private forgetOthers(): void {
    if (!this.looked) return;
    const wanted = new Set([...this.namesOf(this.looked).values()].flatMap(({ before, after }) => [before, after]));
    for (const name of this.known) {
      if (wanted.has(name) || !/^stem \S+ \S+ \d+ \S+ /.test(name)) continue;
      this.known.delete(name);
      this.means.checker.send({ do: 'forget', name });
    }
  }
}
