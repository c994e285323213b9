import type { InsertType, StripKind } from '../../mix';

/** Whose value: the slot's number counts within its kind. */
export type ValueOwner = 'strip' | 'send' | 'insert';

/** One change of the desk, in slots instead of ids. `parameter` is the row's place in its table. */
export type Operation =
  /** Makes a strip, or changes what it plays (−1: nothing) and where it goes (−1: nowhere). */
  | { readonly do: 'strip'; readonly slot: number; readonly kind: StripKind; readonly source: number; readonly output: number }
  | { readonly do: 'removeStrip'; readonly slot: number }
  | { readonly do: 'addSend'; readonly slot: number; readonly from: number; readonly to: number }
  | { readonly do: 'removeSend'; readonly slot: number }
  | { readonly do: 'addInsert'; readonly slot: number; readonly type: InsertType }
  | { readonly do: 'removeInsert'; readonly slot: number }
  /** False where somebody else's solo leaves a strip out. */
  | { readonly do: 'audible'; readonly strip: number; readonly on: boolean }
  /** A strip's inserts in the order of the signal. */
  | { readonly do: 'chain'; readonly strip: number; readonly inserts: readonly number[] }
  /** `snap`: at once, for what has just been added. */
  | {
      readonly do: 'value';
      readonly on: ValueOwner;
      readonly slot: number;
      readonly parameter: number;
      readonly value: number;
      readonly snap: boolean;
    }
  /** All strips in the order of processing, the master last. */
  | { readonly do: 'order'; readonly strips: readonly number[] }
  /** Quarter notes per minute. */
  | { readonly do: 'tempo'; readonly tempo: number };
