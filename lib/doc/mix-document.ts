import * as Y from 'yjs';
import type { Change, Look, MapName, Mix, Records } from '../mix';
import { createStore, type ReadableStore } from '../std';
import { DifferenceWatch } from './difference-watch';
import { EarlierGestures, joined, type Told } from './earlier-gestures';
import { MAPS } from './layout';
import { MixReader } from './mix-reader';
import { rawRecord, readRecords } from './read';
import { type Touch, touchesBetween, touchesOf } from './touch';
import { ORIGINS, type Origin, transactChanges } from './transact';

/** What a transaction did. `by` is `remote` for all that did not come from this document. */
export interface Touched {
  readonly by: Origin | 'remote' | 'undo';
  readonly touches: readonly Touch[];
}

/** A step of the undo stacks: `meta` holds what it made different. */
interface Step {
  readonly stackItem: { readonly meta: Map<unknown, unknown> };
  readonly type: 'undo' | 'redo';
  readonly origin: unknown;
}

const TOLD = 'told';
const toldOf = ({ meta }: Step['stackItem']): Told => (meta.get(TOLD) as Told | undefined) ?? [];

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
  private reader: MixReader;
  private history: Y.UndoManager;
  private watch: DifferenceWatch;
  private readonly earlier = new EarlierGestures();
  private readonly listeners = new Set<(touched: Touched) => void>();
  private touches: Touch[] = [];
  private lastGesture: object | null = null;
  private observers: readonly (readonly [Y.Map<unknown>, (events: Y.YEvent<Y.AbstractType<unknown>>[]) => void])[] = [];

  constructor(private doc: Y.Doc) {
    this.reader = new MixReader(doc);
    this.mixStore = createStore(this.reader.mix);
    this.mix = this.mixStore;
    this.canUndo = this.undoable;
    this.canRedo = this.redoable;
    this.watch = new DifferenceWatch(doc);
    this.history = this.follow();
  }

  /**
   * Goes on with another document, which holds the mix from now on. What was done here can still be taken back. Records that are the
   * same keep their identity.
   */
  moveTo(doc: Y.Doc): void {
    this.earlier.add(this.history.undoStack.map(toldOf), this.history.redoStack.map(toldOf));
    const before = this.records();
    this.letGo();
    this.doc = doc;
    this.lastGesture = null;
    this.reader = new MixReader(doc, this.mix.get());
    this.watch = new DifferenceWatch(doc);
    this.history = this.follow();
    this.readStacks();
    this.mixStore.set(this.reader.mix);
    const touches = touchesBetween(before, this.records());
    if (touches.length > 0) this.tell({ by: 'remote', touches });
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
    if (this.history.undo() === null) this.undoEarlier();
    this.readStacks();
  }

  redo(): void {
    this.lastGesture = null;
    // What was taken back last: of this document nothing is, once something of an earlier one has been.
    if (this.earlier.canRedo) transactChanges(this.doc, this.earlier.redo(this.look), 'recall');
    else this.history.redo();
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
    this.letGo();
    this.listeners.clear();
  }

  /** From here on it goes by values, also with what was taken back before: to the undo manager these are somebody else's. */
  private undoEarlier(): void {
    this.earlier.add([], this.history.redoStack.map(toldOf));
    this.history.clear();
    transactChanges(this.doc, this.earlier.undo(this.look), 'recall');
  }

  private readonly look: Look = (map, id) => rawRecord(this.doc, map, id);

  /** Listens to the document; the result takes back what is done in it. */
  private follow(): Y.UndoManager {
    const { doc } = this;
    const roots = MAPS.map((map) => doc.getMap(map));
    // Merging by time is left to `apply`: what belongs together is a gesture, not what happened to come within some time.
    const history = new Y.UndoManager(roots, { trackedOrigins: new Set<unknown>(['gesture']), captureTimeout: Number.POSITIVE_INFINITY });
    for (const event of ['stack-item-added', 'stack-item-updated'] as const) history.on(event, this.note);
    for (const event of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const) history.on(event, this.readStacks);
    this.observers = MAPS.map((map) => [doc.getMap(map), (events) => this.collect(map, events)] as const);
    for (const [root, observer] of this.observers) root.observeDeep(observer);
    doc.on('afterTransaction', this.settle);
    return history;
  }

  private letGo(): void {
    for (const [root, observer] of this.observers) root.unobserveDeep(observer);
    this.doc.off('afterTransaction', this.settle);
    this.watch.close();
    this.history.destroy();
  }

  /** A step of the undo stacks came, or went on. */
  private readonly note = ({ stackItem, type, origin }: Step): void => {
    stackItem.meta.set(TOLD, joined(toldOf(stackItem), this.watch.take()));
    if (type === 'undo' && origin !== this.history) this.earlier.forgetRedo();
  };

  private collect(map: MapName, events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void {
    for (const event of events) {
      this.touches.push(...touchesOf(map, event));
      this.reader.touch(map, event);
    }
  }

  private readonly settle = (transaction: Y.Transaction): void => {
    // What belongs to a step has been noted with it.
    this.watch.take();
    this.mixStore.set(this.reader.read());
    if (this.touches.length === 0) return;
    const { touches } = this;
    this.touches = [];
    this.tell({ by: this.author(transaction.origin), touches });
  };

  private tell(touched: Touched): void {
    for (const listener of [...this.listeners]) listener(touched);
  }

  private author(origin: unknown): Touched['by'] {
    if (origin === this.history) return 'undo';
    return ORIGINS.find((known) => known === origin) ?? 'remote';
  }

  private readonly readStacks = (): void => {
    this.undoable.set(this.history.canUndo() || this.earlier.canUndo);
    this.redoable.set(this.history.canRedo() || this.earlier.canRedo);
  };
}
