import type { Operation } from '../../desk';
import type { InsertType } from '../../mix';

/** A change of the desk as the plan knows it: where an insert's memory lies is decided when it is carried out. */
export type PlannedOperation =
  | Exclude<Operation, { readonly do: 'addInsert' }>
  | { readonly do: 'addInsert'; readonly slot: number; readonly type: InsertType };
