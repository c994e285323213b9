import { z } from 'zod';
import { FINDING_KINDS, type Finding, type FindingKind } from '../../analysis';
import type { Keeps, MixCheck } from '../../audio';
import type { Mix, Records } from '../../mix';
import { createStore, type ReadableStore, type Scope } from '../../std';
import { MIX } from '../heard/names';
import type { Audition, Check, Transport } from '../types';
import type { Tour, TourState, TourStep } from './types';

export interface TourParts {
  readonly session: string;
  readonly check: Pick<Check, 'state' | 'watch'>;
  readonly mix: ReadableStore<Mix>;
  readonly records: () => Records;
  readonly audition: Pick<Audition, 'others' | 'compare' | 'hear' | 'heard'>;
  readonly transport: Pick<Transport, 'seek' | 'play' | 'playing'>;
  readonly storage: Keeps | null;
  readonly scope: Scope;
}

const KEY = 'mixing-table.tours';
const MOST_KEPT = 50;
/** How the mix was when the step was opened. */
const BEFORE = 'before the step';
const keptSchema = z.record(z.string(), z.array(z.enum(FINDING_KINDS)));
const OF_THE_WHOLE: readonly FindingKind[] = ['headroom', 'loudness'];

/**
 * The way through a song's faults, kind by kind in the order in which one would mend them. A step is done when the measured sound has
 * none of its kind any more, however that came about; nothing else completes it. SPEC.md L1 to L4.
 */
export class SessionTour implements Tour {
  private readonly stateStore = createStore<TourState>({ at: 'off' });
  readonly state: ReadableStore<TourState> = this.stateStore;
  /** The kinds that were found, since the tour began here. */
  private kinds: ReadonlySet<FindingKind>;
  private steps: readonly TourStep[] = [];
  private current = 0;
  private before: Records | null = null;
  private end: (() => void) | null = null;

  constructor(private readonly parts: TourParts) {
    this.kinds = new Set(kept(parts.storage)[parts.session]);
    const { check, audition, scope } = parts;
    scope.add(check.state.subscribe(() => this.look()));
    scope.add(audition.heard.subscribe(() => this.show()));
    scope.add(() => this.end?.());
  }

  begin(): void {
    if (this.end) return;
    this.end = this.parts.check.watch();
    this.look();
    this.show();
  }

  leave(): void {
    this.end?.();
    this.end = null;
    this.endComparison();
    this.steps = [];
    this.before = null;
    this.show();
  }

  go(step: number): void {
    if (!this.steps[step]) return;
    this.endComparison();
    this.current = step;
    this.before = this.parts.records();
    this.show();
  }

  hearBefore(on: boolean): void {
    const { audition } = this.parts;
    if (on && this.before) {
      audition.compare([{ id: BEFORE, name: 'Before', mix: { records: this.before } }]);
      audition.hear(BEFORE);
    } else if (audition.heard.get() === BEFORE) audition.hear(MIX);
  }

  /** Ends the comparison that a step began; one of somebody's own goes on. */
  private endComparison(): void {
    this.hearBefore(false);
    const { audition } = this.parts;
    if (audition.others.get().some(({ id }) => id === BEFORE)) audition.compare([]);
  }

  play(): void {
    const { transport } = this.parts;
    const step = this.steps[this.current];
    if (!step) return;
    transport.seek(this.placeOf(step));
    if (!transport.playing.get()) transport.play();
  }

  /** Where a step's fault is heard: its moment, else where the song is fullest by its sections, else a third into it. */
  private placeOf({ findings }: TourStep): number {
    const at = findings.find((finding) => finding.at !== undefined)?.at;
    if (at !== undefined) return Math.max(0, at - LEAD_IN);
    const sections = [...this.parts.mix.get().markers.values()].filter(({ kind }) => kind === 'section');
    return (sections.find(({ name }) => /chorus/i.test(name)) ?? sections[1] ?? sections[0])?.at ?? 0;
  }

  private look(): void {
    const state = this.parts.check.state.get();
    if (!this.end) return;
    // What is only half measured says nothing of what is mended.
    if (state.settled) this.settle(state, state.findings ?? []);
    this.show();
  }

  private settle(state: MixCheck, findings: readonly Finding[]): void {
    const before = this.kinds.size;
    this.kinds = new Set([...this.kinds, ...findings.map(({ kind }) => kind)]);
    if (this.kinds.size > before) this.keep();
    const first = this.steps.length === 0;
    const at = this.steps[this.current]?.kind;
    this.steps = FINDING_KINDS.filter((kind) => this.kinds.has(kind)).map((kind) => {
      const own = findings.filter((finding) => finding.kind === kind);
      const known = state.master !== null || !OF_THE_WHOLE.includes(kind);
      return { kind, findings: own, done: known && own.length === 0 };
    });
    if (first) {
      this.current = Math.max(
        0,
        this.steps.findIndex(({ done }) => !done),
      );
      this.before = this.parts.records();
    } else if (at) {
      this.current = Math.max(
        0,
        this.steps.findIndex(({ kind }) => kind === at),
      );
    }
  }

  private show(): void {
    const { check, audition } = this.parts;
    if (!this.end) {
      if (this.stateStore.get().at !== 'off') this.stateStore.set({ at: 'off' });
      return;
    }
    const { done, needed, settled } = check.state.get();
    const { steps, current } = this;
    if (steps.length > 0) {
      const heard = audition.heard.get() === BEFORE ? 'before' : 'now';
      this.stateStore.set({ at: 'on', steps, current, heard, measuring: !settled });
    } else this.stateStore.set(settled ? { at: 'nothing' } : { at: 'listening', done, needed });
  }

  private keep(): void {
    const { storage, session } = this.parts;
    const all = { ...kept(storage), [session]: [...this.kinds] };
    try {
      storage?.setItem(KEY, JSON.stringify(Object.fromEntries(Object.entries(all).slice(-MOST_KEPT))));
    } catch {
      // A full store: what is done already is not listed after a reload.
    }
  }
}

/** Seconds of song before the moment that is meant. */
const LEAD_IN = 2;

function kept(storage: Keeps | null): Readonly<Record<string, readonly FindingKind[]>> {
  try {
    return keptSchema.parse(JSON.parse(storage?.getItem(KEY) ?? '{}'));
  } catch {
    return {};
  }
}
