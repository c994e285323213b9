import type { Finding, FindingKind } from '../../analysis';
import type { ReadableStore } from '../../std';

/** One kind of fault in the song, and what there still is of it. */
export interface TourStep {
  readonly kind: FindingKind;
  readonly findings: readonly Finding[];
  /** The measured sound has none of it any more. */
  readonly done: boolean;
}

export type TourState =
  | { readonly at: 'off' }
  /** The strips are being measured: so many of so many. */
  | { readonly at: 'listening'; readonly done: number; readonly needed: number }
  /** Nothing is wrong with the mix. */
  | { readonly at: 'nothing' }
  | {
      readonly at: 'on';
      readonly steps: readonly TourStep[];
      readonly current: number;
      readonly heard: 'before' | 'now';
      /** Something that was changed is being measured. */
      readonly measuring: boolean;
    };

/** Learning to mix on the song at hand: its faults one kind after the other, each until the sound has none of it. */
export interface Tour {
  readonly state: ReadableStore<TourState>;
  begin(): void;
  leave(): void;
  /** Opens a step by its place; how the mix is then is what *before* means. */
  go(step: number): void;
  /** Lets me alone hear the mix as it was when the step was opened, at the same loudness; or the mix of now again. */
  hearBefore(on: boolean): void;
  /** Plays the song where the step's fault is heard. */
  play(): void;
}
