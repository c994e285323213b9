import * as Y from 'yjs';
import type { Change, MapName, Mix, Records } from '../mix';
import { createStore, type ReadableStore } from '../std';
import { MAPS } from './layout';
import { MixReader } from './mix-reader';
import { rawRecord, readRecords } from './read';
import { type Touch, touchesOf } from './touch';
import { ORIGINS, type Origin, transactChanges } from './transact';

/** What a transaction did. `by` is `remote` for all that did not come from this document. */
export interface Touched {
  readonly by: Origin | 'remote' | 'undo';
  readonly touches: readonly Touch[];
}

/**
 * The mix of a Y.Doc: read as plain data, changed by commands' changes, with undo of one's own gestures. The Y.Doc belongs to
 * the caller; `close()` lets go of it.
 */
export class MixDocument {
  readonly mix: ReadableStore<Mix>;
  readonly canUndo: ReadableStore<boolean>;
  readonly canRedo: ReadableStore<boolean>;

  private readonly mixStore;
  private readonly undoable = createStore(false);
  private readonly redoable = createStore(false);
  private readonly reader: MixReader;
  private readonly history: Y.UndoManager;
  private readonly listeners = new Set<(touched: Touched) => void>();
  private touches: Touch[] = [];
  private lastGesture: object | null = null;
  private readonly observers: readonly (readonly [Y.Map<unknown>, (events: Y.YEvent<Y.AbstractType<unknown>>[]) => void])[];

  constructor(private readonly doc: Y.Doc) {
    this.reader = new MixReader(doc);
    this.mixStore = createStore(this.reader.mix);
    this.mix = this.mixStore;
    this.canUndo = this.undoable;
    this.canRedo = this.redoable;
    const roots = MAPS.map((map) => doc.getMap(map));
    // Merging by time is left to `apply`: what belongs together is a gesture, not what happened to come within some time.
    this.history = new Y.UndoManager(roots, { trackedOrigins: new Set<unknown>(['gesture']), captureTimeout: Number.POSITIVE_INFINITY });
    for (const event of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const) this.history.on(event, this.readStacks);
    this.observers = MAPS.map((map) => [doc.getMap(map), (events) => this.collect(map, events)] as const);
    for (const [root, observer] of this.observers) root.observeDeep(observer);
    doc.on('afterTransaction', this.settle);
  }

  /**
   * Carries out changes as one transaction. Those of `gesture` can be taken back; all with the same `hand` (any object, made
   * at the grab) are taken back together, as long as no other gesture came between.
   */
  apply(changes: readonly Change[], origin: Origin = 'gesture', hand: object | null = null): void {
    if (origin === 'gesture') {
      if (hand === null || hand !== this.lastGesture) this.history.stopCapturing();
      this.lastGesture = hand;
    }
    transactChanges(this.doc, changes, origin);
  }

  /** Takes back my last gesture. Where another person has set a value since, theirs stays. */
  undo(): void {
    this.lastGesture = null;
    this.history.undo();
    this.readStacks();
  }

  redo(): void {
    this.lastGesture = null;
    this.history.redo();
    this.readStacks();
  }

  /** All records as the document holds them now. */
  records(): Records {
    return readRecords(this.doc);
  }

  /** One of them; undefined where there is none. */
  record(map: MapName, id: string): ReadonlyMap<string, unknown> | undefined {
    return rawRecord(this.doc, map, id);
  }

  /** Hears of what each transaction changed, after `mix` has been replaced. Returns a function that stops it. */
  onTouched(listener: (touched: Touched) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    for (const [root, observer] of this.observers) root.unobserveDeep(observer);
    this.doc.off('afterTransaction', this.settle);
    this.history.destroy();
    this.listeners.clear();
  }

  private collect(map: MapName, events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void {
    for (const event of events) {
      this.touches.push(...touchesOf(map, event));
      this.reader.touch(map, event);
    }
  }

  private readonly settle = (transaction: Y.Transaction): void => {
    this.mixStore.set(this.reader.read());
    if (this.touches.length === 0) return;
    const touched: Touched = { by: this.author(transaction.origin), touches: this.touches };
    this.touches = [];
    for (const listener of [...this.listeners]) listener(touched);
  };

  private author(origin: unknown): Touched['by'] {
    if (origin === this.history) return 'undo';
    return ORIGINS.find((known) => known === origin) ?? 'remote';
  }

  private readonly readStacks = (): void => {
    this.undoable.set(this.history.canUndo());
    this.redoable.set(this.history.canRedo());
  };
}
