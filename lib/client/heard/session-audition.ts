import { type MixDocument, mixOfRecords } from '../../doc';
import type { Change } from '../../mix';
import { createStore, type ReadableStore, type Scope } from '../../std';
import type { Alternative, Audition, Comparing } from '../types';
import type { HeardMix } from './heard-mix';
import { fixedLayer, type Layer } from './layer';
import type { Matcher } from './matcher';
import { DRAFT, MIX } from './names';
import { NOTHING_OVER, overlaid } from './overlay';
import { OverlayMix } from './overlay-mix';

export interface AuditionParts {
  readonly document: MixDocument;
  readonly heard: HeardMix;
  readonly matcher: Matcher;
  readonly monitor: { match(gain: number): void };
  readonly scope: Scope;
}

interface Offered {
  readonly layer: Layer;
  readonly close: () => void;
}

/** What this page alone hears in place of the shared mix; see `Audition`. */
export class SessionAudition implements Audition {
  private readonly othersStore = createStore<readonly Alternative[]>([]);
  readonly others: ReadableStore<readonly Alternative[]> = this.othersStore;
  private readonly heardStore = createStore<string>(MIX);
  readonly heard: ReadableStore<string> = this.heardStore;
  private readonly matchedStore = createStore(false);
  readonly matched: ReadableStore<boolean> = this.matchedStore;
  readonly match;
  private offered: ReadonlyMap<string, Offered> = new Map();
  private draft: Layer | null = null;
  private among: Comparing['among'] = 'all';
  /** Heard for a moment, in place of everything else. */
  private moment: Offered | null = null;

  constructor(private readonly parts: AuditionParts) {
    const { matcher, scope } = parts;
    this.match = matcher.match;
    scope.add(this.match.subscribe(() => this.settle()));
    scope.add(() => this.closeOffered());
  }

  compare(others: readonly Alternative[], { matched = true, among = 'all' }: Comparing = {}): void {
    this.withdraw();
    this.offered = new Map(others.map((other) => [other.id, this.offer(other)]));
    this.othersStore.set(others);
    this.among = among;
    this.matchedStore.set(matched && others.length > 0);
    this.choose(this.heardStore.get());
    this.rematch();
  }

  hear(id: string): void {
    this.endMoment();
    this.choose(id);
  }

  setMatched(matched: boolean): void {
    this.matchedStore.set(matched);
    this.rematch();
  }

  hold(changes: readonly Change[]): () => void {
    this.endMoment();
    const moment = this.over(changes);
    this.moment = moment;
    this.settle();
    return () => {
      if (this.moment === moment) this.endMoment();
    };
  }

  /** There is a draft to be heard from now on, or none any more. */
  setDraft(draft: Layer | null): void {
    this.draft = draft;
    this.choose(this.heardStore.get());
    this.rematch();
  }

  private choose(id: string): void {
    this.heardStore.set(this.layerOf(id) === undefined ? MIX : id);
    this.settle();
  }

  /** Null for the shared mix, undefined for what there is not. */
  private layerOf(id: string): Layer | null | undefined {
    if (id === MIX) return null;
    return id === DRAFT ? (this.draft ?? undefined) : this.offered.get(id)?.layer;
  }

  /** Lets the page hear what is chosen, at the loudness that it is to have. */
  private settle(): void {
    const { heard, matcher, monitor } = this.parts;
    const id = this.heardStore.get();
    heard.hear(this.moment?.layer ?? this.layerOf(id) ?? null);
    monitor.match(this.moment ? 0 : matcher.gainOf(id));
  }

  private rematch(): void {
    const { matcher, document } = this.parts;
    const own = [[MIX, document.mix] as const, ...(this.draft ? [[DRAFT, this.draft.mix] as const] : [])];
    const others = [...this.offered].map(([id, { layer }]) => [id, layer.mix] as const);
    matcher.begin(new Map(this.matchedStore.get() ? [...(this.among === 'others' ? [] : own), ...others] : []));
    this.settle();
  }

  private offer({ mix }: Alternative): Offered {
    return 'changes' in mix ? this.over(mix.changes) : { layer: fixedLayer(mixOfRecords(mix.records)), close: () => {} };
  }

  private over(changes: readonly Change[]): Offered {
    const layer = new OverlayMix(this.parts.document, overlaid(NOTHING_OVER, changes), false);
    return { layer, close: () => layer.close() };
  }

  private endMoment(): void {
    const { moment } = this;
    this.moment = null;
    this.settle();
    moment?.close();
  }

  private withdraw(): void {
    this.endMoment();
    this.parts.heard.hear(null);
    this.closeOffered();
  }

  private closeOffered(): void {
    for (const { close } of this.offered.values()) close();
    this.offered = new Map();
  }
}
