import type { Change, Mix } from '../../mix';
import { createStore, type ReadableStore } from '../../std';
import type { ChangedBy, Editing, Layer } from './layer';

const NEVER = createStore(false);

/**
 * The mix that this page hears and shows: the shared one, or another in its place for this page alone. Everything of the page goes
 * through it to the sound; only what is done to the shared mix reaches anybody else.
 */
export class HeardMix implements Editing {
  private readonly mixStore;
  readonly mix: ReadableStore<Mix>;
  private readonly writableStore = createStore(false);
  /** Whether what is heard can be changed from here. */
  readonly writable: ReadableStore<boolean> = this.writableStore;
  private readonly undoable = createStore(false);
  readonly canUndo: ReadableStore<boolean> = this.undoable;
  private readonly redoable = createStore(false);
  readonly canRedo: ReadableStore<boolean> = this.redoable;
  private readonly apartStore = createStore(false);
  /** Another mix than the shared one is heard: nothing that hands do goes out. */
  readonly apart: ReadableStore<boolean> = this.apartStore;
  private readonly listeners = new Set<(by: ChangedBy) => void>();
  private readonly leavers = new Set<() => void>();
  private layer: Layer;
  private unhear: readonly (() => void)[] = [];

  constructor(
    private readonly shared: Layer,
    /** Whether this role may change the shared mix, and it can be kept. */
    private readonly sharedWritable: ReadableStore<boolean>,
  ) {
    this.layer = shared;
    this.mixStore = createStore(shared.mix.get());
    this.mix = this.mixStore;
    sharedWritable.subscribe(() => this.settle());
    this.attach();
  }

  /** Lets this page hear a layer; null for the shared mix. */
  hear(layer: Layer | null): void {
    const next = layer ?? this.shared;
    if (next === this.layer) return;
    for (const leave of [...this.leavers]) leave();
    for (const stop of this.unhear) stop();
    this.layer = next;
    this.attach();
    for (const listener of [...this.listeners]) listener('switch');
  }

  /** Hears that the mix is about to be another one, while hands still lie on the one before. The result stops that. */
  onLeave(listener: () => void): () => void {
    this.leavers.add(listener);
    return () => this.leavers.delete(listener);
  }

  onTouched(listener: (by: ChangedBy) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Whether somebody else's hand on a control is not heard. */
  covers(key: string): boolean {
    return this.layer.covers(key);
  }

  apply(changes: readonly Change[], hand: object | null): void {
    this.layer.editing?.apply(changes, hand);
  }

  undo(): void {
    this.layer.editing?.undo();
  }

  redo(): void {
    this.layer.editing?.redo();
  }

  private attach(): void {
    const { layer } = this;
    const { canUndo, canRedo } = layer.editing ?? { canUndo: NEVER, canRedo: NEVER };
    const follow = () => {
      this.undoable.set(canUndo.get());
      this.redoable.set(canRedo.get());
    };
    this.unhear = [
      layer.mix.subscribe(() => this.mixStore.set(layer.mix.get())),
      layer.onTouched((by) => {
        for (const listener of [...this.listeners]) listener(by);
      }),
      canUndo.subscribe(follow),
      canRedo.subscribe(follow),
    ];
    this.apartStore.set(layer !== this.shared);
    follow();
    this.settle();
    this.mixStore.set(layer.mix.get());
  }

  private settle(): void {
    const { layer } = this;
    this.writableStore.set(layer === this.shared ? this.sharedWritable.get() : layer.editing !== null);
  }
}
