import type { Engine } from '../../audio';
import type { StemManifest } from '../../media';
import type { AlignmentRequest, Stem, StemEvent, StemKind } from '../../protocol';
import { createStore, type ReadableStore, type Scope } from '../../std';
import { SAMPLE_RATE } from '../../units';
import type { Api } from '../api/api';
import { Collection } from '../lists/collection';
import type { Arriving, Stems, Upload } from '../types';
import { Uploads } from './uploads';

export interface StemsParts {
  readonly api: Api;
  readonly session: string;
  /** `http(s)://host`. */
  readonly origin: string;
  readonly engine: Pick<Engine, 'setStems'>;
  readonly scope: Scope;
}

const RETRY_MS = 4000;

/** The session's audio: what has arrived is given to the engine as soon as it can play. */
export class SessionStems implements Stems {
  private readonly stems = new Collection<Stem>(
    (stem) => stem.id,
    (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }) || a.id.localeCompare(b.id),
  );
  private readonly stemsStore = createStore<readonly Stem[]>([]);
  readonly list: ReadableStore<readonly Stem[]> = this.stemsStore;
  private readonly referencesStore = createStore<readonly Stem[]>([]);
  readonly references: ReadableStore<readonly Stem[]> = this.referencesStore;
  private readonly playableStore = createStore<ReadonlyMap<string, StemManifest>>(new Map());
  /** What each reference that can play is made of. */
  readonly playableReferences: ReadableStore<ReadonlyMap<string, StemManifest>> = this.playableStore;
  readonly uploads: ReadableStore<readonly Upload[]>;
  readonly arriving: ReadableStore<Arriving | null>;
  private readonly sending: Uploads;
  /** By address: manifests never change. */
  private readonly manifests = new Map<string, StemManifest | 'coming'>();
  private given = '';

  constructor(private readonly parts: StemsParts) {
    this.sending = new Uploads(parts.origin, parts.session, parts.scope);
    this.uploads = this.sending.list;
    this.arriving = this.sending.arriving;
    parts.scope.add(
      this.stems.list.subscribe(() => {
        const all = this.stems.list.get();
        this.stemsStore.set(all.filter(({ kind }) => kind === 'stem'));
        this.referencesStore.set(all.filter(({ kind }) => kind === 'reference'));
        this.follow();
      }),
    );
  }

  /** Length of the song in seconds: its longest stem; 0 while there is none. */
  length(): number {
    return Math.max(0, ...this.list.get().map(({ frames }) => frames ?? 0)) / SAMPLE_RATE;
  }

  load(): Promise<void> {
    return this.stems.load(() => this.parts.api.stems(this.parts.session));
  }

  take(event: StemEvent): void {
    if (event.what === 'put') this.stems.put(event.stem);
    else this.stems.gone(event.id);
  }

  upload(files: readonly File[], kind: StemKind = 'stem'): void {
    this.sending.add(files, kind);
  }

  async align(id: string, change: AlignmentRequest): Promise<void> {
    this.stems.put(await this.parts.api.alignReference(this.parts.session, id, change));
  }

  cancelUpload(id: string): void {
    this.sending.cancel(id);
  }

  async remove(id: string): Promise<void> {
    await this.parts.api.removeStem(this.parts.session, id);
    this.stems.gone(id);
  }

  private follow(): void {
    for (const { manifestUrl } of this.stems.list.get()) if (manifestUrl && !this.manifests.has(manifestUrl)) void this.fetch(manifestUrl);
    this.give();
  }

  private async fetch(url: string): Promise<void> {
    const { api, scope } = this.parts;
    this.manifests.set(url, 'coming');
    try {
      const manifest = await api.manifest(url);
      if (scope.isClosed) return;
      this.manifests.set(url, manifest);
      this.give();
    } catch {
      scope.after(RETRY_MS, () => {
        this.manifests.delete(url);
        this.follow();
      });
    }
  }

  private ready(stems: readonly Stem[]): ReadonlyMap<string, StemManifest> {
    return new Map(
      stems.flatMap(({ id, manifestUrl }) => {
        const manifest = manifestUrl ? this.manifests.get(manifestUrl) : undefined;
        return manifest && manifest !== 'coming' ? [[id, manifest] as const] : [];
      }),
    );
  }

  private give(): void {
    const ready = this.ready(this.list.get());
    const references = this.ready(this.references.get());
    const before = [...this.playableStore.get().keys()];
    if (before.length !== references.size || before.some((id) => !references.has(id))) this.playableStore.set(references);
    const given = [...ready.keys()].sort().join(' ');
    if (given === this.given) return;
    this.given = given;
    this.parts.engine.setStems(ready);
  }
}
