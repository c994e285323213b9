import type { Operation } from '../../desk';
import type { InsertType, LanePoint } from '../../mix';

/** A change of the desk as the plan knows it: where the memory of inserts and delays lies is decided when it is carried out. */
export type PlannedOperation =
  | Exclude<Operation, { readonly do: 'addInsert' | 'delayLine' | 'outputWait' | 'inputWait' | 'keyWait' | 'sendWait' | 'lane' }>
  | (Omit<Extract<Operation, { readonly do: 'lane' }>, 'address' | 'count'> & { readonly points: readonly LanePoint[] })
  | { readonly do: 'addInsert'; readonly slot: number; readonly type: InsertType }
  | { readonly do: 'delayLine'; readonly strip: number }
  | { readonly do: 'outputWait' | 'inputWait' | 'keyWait'; readonly strip: number; readonly frames: number }
  | { readonly do: 'sendWait'; readonly slot: number; readonly frames: number };
