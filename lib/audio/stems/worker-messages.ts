import type { FrameLoop } from '../../media';
import type { StemPlace } from './stem-memory';

/** What the page tells the decode worker. */
export type ToDecodeWorker =
  | { readonly do: 'begin'; readonly module: WebAssembly.Module; readonly memory: WebAssembly.Memory }
  /** All stems there are; answered with the same ticket once nothing else is filled any more. */
  | { readonly do: 'stems'; readonly places: readonly StemPlace[]; readonly ticket: number }
  /** The same of references. */
  | { readonly do: 'references'; readonly references: readonly FollowingPlace[]; readonly ticket: number }
  | { readonly do: 'loop'; readonly loop: FrameLoop | null }
  /** Where the playhead rests or is about to be, in frames of the song. */
  | { readonly do: 'at'; readonly position: number };

/** A reference that is kept at hand: its place in memory, and where it is when the song is somewhere. */
export interface FollowingPlace {
  readonly place: StemPlace;
  /** Its frame at the song's frame 0, and the stretch of its own that repeats. */
  readonly offset: number;
  readonly loop: FrameLoop | null;
}

export type FromDecodeWorker =
  | { readonly did: 'stems'; readonly ticket: number }
  /** A segment's file could not be had this time; it is tried again. */
  | { readonly did: 'failed'; readonly file: string }
  /** A segment's file is broken; silence is heard in its place. */
  | { readonly did: 'damaged'; readonly file: string };
