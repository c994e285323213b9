import type { MixDocument } from '../../doc';
import type { Change } from '../../mix';
import { createStore, err, type ReadableStore, type Result, type Scope } from '../../std';
import { DRAFT, MIX } from '../heard/names';
import { NOTHING_OVER, overlaid, overlayChanges } from '../heard/overlay';
import { OverlayMix } from '../heard/overlay-mix';
import type { SessionAudition } from '../heard/session-audition';
import type { Desk, Draft } from '../types';
import type { KeptDraft } from './kept-draft';

export interface DraftParts {
  readonly document: MixDocument;
  readonly desk: Pick<Desk, 'apply'>;
  readonly audition: Pick<SessionAudition, 'setDraft' | 'hear'>;
  /** Null where this browser keeps nothing. */
  readonly kept: Promise<KeptDraft | null>;
  readonly scope: Scope;
}

/** A draft that moves is kept so often, ms. */
const KEEP_MS = 300;
const NOTHING = 'Nothing in your draft differs from the mix. Change something first.';

/** What I try on top of the shared mix, and only I hear; see `Draft`. Kept by this browser over reloads. */
export class SessionDraft implements Draft {
  private readonly changesStore = createStore<number | null>(null);
  readonly changes: ReadableStore<number | null> = this.changesStore;
  private layer: OverlayMix | null = null;
  private leave: () => void = () => {};
  private keeping: (() => void) | null = null;

  constructor(private readonly parts: DraftParts) {
    parts.scope.add(() => this.layer?.close());
  }

  /** Brings back the draft that this browser keeps; the shared mix is heard until it is opened. */
  async load(): Promise<void> {
    const kept = await (await this.parts.kept)?.load();
    if (kept && kept.length > 0 && !this.layer && !this.parts.scope.isClosed) this.begin(kept);
  }

  open(): void {
    if (!this.layer) this.begin([]);
    this.parts.audition.hear(DRAFT);
  }

  content(): readonly Change[] {
    return this.layer?.changes() ?? [];
  }

  publish(): Result<void, string> {
    const changes = this.content();
    if (changes.length === 0) return err(NOTHING);
    this.parts.audition.hear(MIX);
    const done = this.parts.desk.apply(changes);
    if (done.ok) this.throwAway();
    else this.parts.audition.hear(DRAFT);
    return done;
  }

  throwAway(): void {
    const { layer } = this;
    if (!layer) return;
    this.layer = null;
    this.leave();
    this.parts.audition.setDraft(null);
    layer.close();
    this.changesStore.set(null);
    this.keep();
  }

  private begin(changes: readonly Change[]): void {
    const { document, audition } = this.parts;
    const layer = new OverlayMix(document, overlaid(NOTHING_OVER, changes), true);
    this.layer = layer;
    const count = () => this.changesStore.set(countOf(layer.changes()));
    const stops = [
      layer.overlay.subscribe(() => {
        count();
        this.keepSoon();
      }),
      document.onTouched(count),
    ];
    this.leave = () => {
      for (const stop of stops) stop();
    };
    count();
    audition.setDraft(layer);
  }

  private keepSoon(): void {
    this.keeping ??= this.parts.scope.after(KEEP_MS, () => this.keep());
  }

  private keep(): void {
    this.keeping?.();
    this.keeping = null;
    const changes = this.layer ? overlayChanges(this.layer.overlay.get()) : null;
    // A browser that cannot keep it still has it until the page is left.
    void this.parts.kept.then((kept) => kept?.keep(changes)).catch(() => {});
  }
}

/** As people count: each control that was moved, each thing that came or went. */
const countOf = (changes: readonly Change[]): number =>
  changes.reduce((sum, change) => sum + (change.do === 'put' ? Math.max(1, Object.keys(change.fields).length) : 1), 0);
