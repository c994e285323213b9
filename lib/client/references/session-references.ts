import type { ProgrammeFigures, ProgrammeMeasure, Stretch } from '../../analysis';
import { figuresOf, findSections, loudnessWithin, outlineOf } from '../../analysis';
import type { Engine, ReferenceAtHand } from '../../audio';
import { referenceFrame, type StemManifest } from '../../media';
import type { Mix } from '../../mix';
import type { Loop, Stem } from '../../protocol';
import { createStore, type ReadableStore, Scope } from '../../std';
import { SAMPLE_RATE } from '../../units';
import type { ReferenceMatch, References } from '../types';
import { ProgrammeMeasures } from './programme-measures';

/** A mix that somebody still moves is measured once it has rested for so long: a render of all of it would only be in the way. */
const REST_MS = 3000;
/** So many references are kept at hand: the last ones heard. */
const AT_HAND = 3;
/** LUFS at which a reference is heard while the mix's loudness is not known. */
const SOFT = -24;
const FAILED = 'Mix and reference could not be matched in loudness, for a piece of one of them could not be read.';
const NO_FIGURES = { mix: null, reference: null };
const NOTHING: readonly number[] = [];
const OUTLINE_POINTS = 170;

interface ReferencesParts {
  readonly engine: Pick<Engine, 'references' | 'measurer' | 'stems' | 'length'>;
  readonly stems: {
    readonly references: ReadableStore<readonly Stem[]>;
    readonly playableReferences: ReadableStore<ReadonlyMap<string, StemManifest>>;
  };
  /** The mix that this page hears. */
  readonly mix: ReadableStore<Mix>;
  readonly transport: { readonly loop: ReadableStore<Loop | null>; position(): number };
  readonly scope: Scope;
}

/** The references of an open session; see `References`. */
export class SessionReferences implements References {
  readonly list: ReadableStore<readonly Stem[]>;
  readonly late: ReadableStore<boolean>;
  private readonly heardStore = createStore<string | null>(null);
  readonly heard: ReadableStore<string | null> = this.heardStore;
  private readonly comparedStore = createStore<string | null>(null);
  readonly compared: ReadableStore<string | null> = this.comparedStore;
  private readonly matchStore = createStore<ReferenceMatch>({ state: 'off' });
  readonly match: ReadableStore<ReferenceMatch> = this.matchStore;
  private readonly loopsStore = createStore<ReadonlyMap<string, Loop>>(new Map());
  readonly loops: ReadableStore<ReadonlyMap<string, Loop>> = this.loopsStore;
  private readonly figuresStore = createStore<{ mix: ProgrammeFigures | null; reference: ProgrammeFigures | null }>(NO_FIGURES);
  readonly figures: ReadableStore<{ readonly mix: ProgrammeFigures | null; readonly reference: ProgrammeFigures | null }> =
    this.figuresStore;
  private readonly outlineStore = createStore<readonly number[] | null>(null);
  readonly outline: ReadableStore<readonly number[] | null> = this.outlineStore;
  private readonly foundStore = createStore<readonly number[]>(NOTHING);
  readonly found: ReadableStore<readonly number[]> = this.foundStore;
  private readonly measures: ProgrammeMeasures;
  private mixMeasure: ProgrammeMeasure | null = null;
  private referenceMeasure: ProgrammeMeasure | null = null;
  private recent: readonly string[] = [];
  private watchers = 0;
  private working: Scope | null = null;
  /** Counts what is measured anew, so that what comes late is left. */
  private round = 0;

  constructor(private readonly parts: ReferencesParts) {
    const { engine, stems, scope } = parts;
    this.list = stems.references;
    this.late = engine.references.late;
    this.measures = new ProgrammeMeasures(engine);
    scope.add(() => this.measures.close());
    scope.add(() => this.working?.close());
    scope.add(stems.references.subscribe(() => this.settle()));
    scope.add(stems.playableReferences.subscribe(() => this.settle()));
    scope.add(parts.transport.loop.subscribe(() => this.show()));
  }

  hear(id: string | null): void {
    if (id !== null) this.comparedStore.set(id);
    this.heardStore.set(id);
    this.settle();
  }

  compare(id: string): void {
    if (this.heardStore.get() !== null) this.heardStore.set(id);
    this.comparedStore.set(id);
    this.settle();
  }

  setLoop(id: string, loop: Loop | null): void {
    const loops = new Map(this.loopsStore.get());
    if (loop) loops.set(id, loop);
    else loops.delete(id);
    this.loopsStore.set(loops);
    this.show();
  }

  position(): number {
    const id = this.comparedStore.get();
    return referenceFrame(this.parts.transport.position(), this.offsetOf(id), this.loopsStore.get().get(id ?? '') ?? null);
  }

  watch(): () => void {
    this.watchers += 1;
    this.settle();
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      this.watchers -= 1;
      this.settle();
    };
  }

  /** What is there and what is wanted by now. */
  private settle(): void {
    const there = new Set(this.list.get().map(({ id }) => id));
    const heard = this.heardStore.get();
    if (heard !== null && !there.has(heard)) this.heardStore.set(null);
    const playable = this.parts.stems.playableReferences.get();
    const compared = this.comparedStore.get();
    if (compared === null || !there.has(compared)) this.comparedStore.set(this.list.get().find(({ id }) => playable.has(id))?.id ?? null);
    const wanted = this.heardStore.get() !== null || (this.watchers > 0 && this.comparedStore.get() !== null);
    if (wanted && !this.working) this.begin();
    if (!wanted && this.working) this.end();
    if (this.working) void this.measure();
    this.show();
  }

  private begin(): void {
    const working = new Scope();
    this.working = working;
    let resting: (() => void) | null = null;
    const later = () => {
      resting?.();
      resting = working.after(REST_MS, () => void this.measure());
    };
    working.add(this.parts.mix.subscribe(later));
    working.add(this.parts.engine.stems.subscribe(later));
  }

  private end(): void {
    this.round += 1;
    this.working?.close();
    this.working = null;
    this.matchStore.set({ state: 'off' });
  }

  private async measure(): Promise<void> {
    const round = ++this.round;
    const { engine, stems, mix } = this.parts;
    const id = this.comparedStore.get();
    const manifest = stems.playableReferences.get().get(id ?? '');
    this.takeReference(manifest ? this.measures.known(manifest) : null);
    if (!manifest) return;
    try {
      const measured = await this.measures.reference(manifest);
      if (round !== this.round) return;
      this.takeReference(measured);
      const mixed = await this.measures.mix(mix.get(), engine.stems.get(), Math.round(engine.length.get() * SAMPLE_RATE));
      if (round !== this.round) return;
      this.mixMeasure = mixed;
      this.show();
    } catch {
      if (round === this.round) this.matchStore.set({ state: 'failed', why: FAILED });
    }
  }

  private takeReference(measured: ProgrammeMeasure | null): void {
    if (measured === null || measured !== this.referenceMeasure) {
      this.outlineStore.set(measured && outlineOf(measured, OUTLINE_POINTS));
      this.foundStore.set(measured ? findSections(measured) : NOTHING);
    }
    this.referenceMeasure = measured;
    this.show();
  }

  private offsetOf(id: string | null): number {
    return this.list.get().find((one) => one.id === id)?.alignment?.offset ?? 0;
  }

  /** The stretch of a reference that is compared: its own, or that which goes with the song's; null for the whole. */
  private stretchOf(id: string, seconds: number): Stretch | null {
    const own = this.loopsStore.get().get(id);
    if (own) return own;
    const loop = this.parts.transport.loop.get();
    if (!loop) return null;
    const offset = this.offsetOf(id);
    const [from, until] = [Math.max(0, loop.from + offset), Math.min(seconds, loop.until + offset)];
    return until - from >= 1 ? { from, until } : null;
  }

  /** Tells the ears and the page. */
  private show(): void {
    const { engine, stems, transport } = this.parts;
    const playable = stems.playableReferences.get();
    const heard = this.heardStore.get();
    const compared = this.comparedStore.get();
    if (compared !== null) this.recent = [compared, ...this.recent.filter((id) => id !== compared)];
    this.recent = this.recent.filter((id) => playable.has(id)).slice(0, AT_HAND);
    const [mix, reference] = [this.mixMeasure, this.referenceMeasure];
    const stretch = reference && compared !== null ? this.stretchOf(compared, reference.seconds) : null;
    const loud = {
      mix: mix ? loudnessWithin(mix, transport.loop.get()) : Number.NaN,
      reference: reference ? loudnessWithin(reference, stretch) : Number.NaN,
    };
    const difference = loud.mix - loud.reference;
    const known = Number.isFinite(difference);
    const down = this.working && known ? Math.min(0, -difference) : 0;
    const atHand = (this.working ? this.recent : []).flatMap((id): ReferenceAtHand[] => {
      const manifest = playable.get(id);
      if (!manifest) return [];
      const level = id === compared && known ? difference : Math.min(0, SOFT - (manifest.loudness ?? SOFT));
      return [{ id, manifest, offset: this.offsetOf(id), loop: this.loopsStore.get().get(id) ?? null, level }];
    });
    engine.references.set(atHand, heard !== null && playable.has(heard) ? heard : null, down);
    this.figuresStore.set({
      mix: mix && figuresOf(mix, transport.loop.get()),
      reference: reference && figuresOf(reference, stretch),
    });
    if (!this.working || compared === null) return;
    const gains = { mixGain: Math.min(0, -difference), referenceGain: Math.min(0, difference) };
    this.matchStore.set(known ? { state: 'matched', ...loud, ...gains } : { state: 'measuring' });
  }
}
