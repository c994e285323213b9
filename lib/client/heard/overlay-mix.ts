import * as Y from 'yjs';
import { MixDocument, type Touched, transactChanges } from '../../doc';
import type { Change, MapName, Mix } from '../../mix';
import { createStore, type ReadableStore } from '../../std';
import type { Editing, Layer } from './layer';
import { changesOver, changesTo, coversControl, NOTHING_OVER, type Overlay, overlaid, recordKey, recordOver } from './overlay';

/** One step that can be taken back: how the overlay was before it. */
interface Step {
  readonly overlay: Overlay;
  readonly hand: object | null;
}

const BELOW = 'below';

/**
 * The shared mix with changes of mine over it, which nobody else has. What others do to the shared mix comes through wherever
 * nothing lies over it. Lives in a document of its own, which is never sent or kept: so that it is read record by record, like
 * the shared one.
 */
export class OverlayMix implements Layer, Editing {
  readonly mix: ReadableStore<Mix>;
  private readonly undoable = createStore(false);
  readonly canUndo: ReadableStore<boolean> = this.undoable;
  private readonly redoable = createStore(false);
  readonly canRedo: ReadableStore<boolean> = this.redoable;
  private readonly overlayStore;
  /** What lies over the shared mix. */
  readonly overlay: ReadableStore<Overlay>;
  private readonly done: Step[] = [];
  private readonly undone: Overlay[] = [];
  private readonly doc = new Y.Doc();
  private readonly view: MixDocument;
  private readonly leave: () => void;

  constructor(
    private readonly below: MixDocument,
    overlay: Overlay,
    /** False: it can only be heard. */
    private readonly editable: boolean,
  ) {
    this.overlayStore = createStore(overlay);
    this.overlay = this.overlayStore;
    this.view = new MixDocument(this.doc);
    this.mix = this.view.mix;
    const records = [...below.records()].flatMap(([map, all]) => [...all.keys()].map((id) => [map, id] as const));
    this.show([...records, ...[...overlay.values()].map(({ map, id }) => [map, id] as const)], BELOW);
    this.leave = below.onTouched(({ by, touches }) => {
      const remote = by === 'remote';
      this.show(
        touches.map(({ map, id }) => [map, id] as const),
        remote ? BELOW : 'recall',
      );
    });
  }

  get editing(): Editing | null {
    return this.editable ? this : null;
  }

  /** What of the overlay differs from the shared mix as it now is. */
  changes(): Change[] {
    return changesOver(this.overlay.get(), (map, id) => this.below.record(map, id));
  }

  apply(changes: readonly Change[], hand: object | null): void {
    const before = this.overlay.get();
    if (hand === null || this.done.at(-1)?.hand !== hand) this.done.push({ overlay: before, hand });
    this.undone.length = 0;
    this.become(overlaid(before, changes));
  }

  undo(): void {
    const step = this.done.pop();
    if (!step) return;
    this.undone.push(this.overlay.get());
    this.become(step.overlay);
  }

  redo(): void {
    const overlay = this.undone.pop();
    if (!overlay) return;
    this.done.push({ overlay: this.overlay.get(), hand: null });
    this.become(overlay);
  }

  /** Nothing lies over it any more, and nothing is left to take back. */
  clear(): void {
    this.done.length = 0;
    this.undone.length = 0;
    this.become(NOTHING_OVER);
  }

  onTouched(listener: (by: Touched['by']) => void): () => void {
    return this.view.onTouched(({ by }) => listener(by));
  }

  covers(key: string): boolean {
    return coversControl(this.overlay.get(), key);
  }

  close(): void {
    this.leave();
    this.view.close();
    this.doc.destroy();
  }

  private become(overlay: Overlay): void {
    const before = this.overlay.get();
    this.overlayStore.set(overlay);
    this.undoable.set(this.done.length > 0);
    this.redoable.set(this.undone.length > 0);
    const touched = [...new Set([...before.keys(), ...overlay.keys()])].flatMap((key) => {
      const [was, is] = [before.get(key), overlay.get(key)];
      const covered = is ?? was;
      return was === is || !covered ? [] : [[covered.map, covered.id] as const];
    });
    this.show(touched, 'recall');
  }

  /** Brings records of the view to what they are with the overlay. */
  private show(touched: readonly (readonly [MapName, string])[], origin: string): void {
    const overlay = this.overlay.get();
    const changes = touched.flatMap(([map, id]) => {
      const wanted = recordOver(this.below.record(map, id), overlay.get(recordKey(map, id)));
      return changesTo(map, id, this.view.record(map, id), wanted);
    });
    if (changes.length > 0) transactChanges(this.doc, changes, origin);
  }
}
