import type { Engine, Player } from '../../audio';
import type { ReadableStore, Scope } from '../../std';
import type { HeardMix } from '../heard/heard-mix';
import type { Person } from '../types';

/** What a desk is made of. */
export interface DeskParts {
  readonly heard: HeardMix;
  readonly engine: Pick<Engine, 'setMix' | 'setValue' | 'letGo'> & { readonly player: Pick<Player, 'playing' | 'position'> };
  /** This page's number among the connections; the lower of two has the right of way. */
  readonly client: number;
  readonly here: ReadableStore<readonly Person[]>;
  readonly send: (frame: Uint8Array) => void;
  /** Hears which controls my hands are on, as target keys. */
  readonly holding: (keys: readonly string[]) => void;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly scope: Scope;
}
