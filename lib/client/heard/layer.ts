import type { MixDocument, Touched } from '../../doc';
import type { Change, Mix } from '../../mix';
import { createStore, type ReadableStore } from '../../std';

/** A mix that can be changed by one's own hand, with undo of what that did. */
export interface Editing {
  readonly canUndo: ReadableStore<boolean>;
  readonly canRedo: ReadableStore<boolean>;
  /** All changes with the same `hand` are taken back together. */
  apply(changes: readonly Change[], hand: object | null): void;
  undo(): void;
  redo(): void;
}

/** Who changed the mix that is heard; `switch` where it is another one. */
export type ChangedBy = Touched['by'] | 'switch';

/** A mix that this page can hear and show. */
export interface Layer {
  readonly mix: ReadableStore<Mix>;
  /** Null where it can only be heard. */
  readonly editing: Editing | null;
  /** Hears of who changed it, after `mix` has been replaced. The result stops that. */
  onTouched(listener: (by: Touched['by']) => void): () => void;
  /** Whether what somebody else's hand does to a control of the shared mix is not heard here. */
  covers(key: string): boolean;
}

/** The mix that all share. */
export function sharedLayer(document: MixDocument): Layer {
  const { mix, canUndo, canRedo } = document;
  return {
    mix,
    editing: {
      canUndo,
      canRedo,
      apply: (changes, hand) => document.apply(changes, 'gesture', hand),
      undo: () => document.undo(),
      redo: () => document.redo(),
    },
    onTouched: (listener) => document.onTouched(({ by }) => listener(by)),
    covers: () => false,
  };
}

/** A mix that stays as it is, to be heard only. */
export function fixedLayer(mix: Mix): Layer {
  return { mix: createStore(mix), editing: null, onTouched: () => () => {}, covers: () => true };
}
