import { type Change, clampToRow, type Mix, rowOf, setValue, targetOf, targetValue } from '../../lib/mix';
import type { Suggestion } from '../../lib/protocol';
import { Refusal } from '../http/problem';
import type { CommentsTable } from '../sql/database';

/** As it is kept: who has decided, by id. */
export interface KeptSuggestion extends Omit<Suggestion, 'decidedBy'> {
  readonly decidedBy: string | null;
}

/** What a comment suggests. It was checked when it was written. */
export function suggestionIn({ suggestion }: Pick<CommentsTable, 'suggestion'>): KeptSuggestion | null {
  return suggestion === null ? null : (JSON.parse(suggestion) as KeptSuggestion);
}

/** Checks wished changes by the parameter table: each is of a control of this mix, within its range, and named once. */
export function checkedSuggestion(mix: Mix, wished: readonly { readonly control: string; readonly to: number }[]): KeptSuggestion {
  const named = new Set<string>();
  const changes = wished.map(({ control, to }) => {
    const target = targetOf(control);
    const row = target && rowOf(mix, target);
    if (!target || !row) throw new Refusal(400, `suggestion: this mix has no control ${control}`);
    if (named.has(control)) throw new Refusal(400, `suggestion: ${control} is named twice`);
    if (clampToRow(row, to) !== to) throw new Refusal(400, `suggestion: ${control} takes ${row.min} to ${row.max}, not ${to}`);
    named.add(control);
    return { control, from: targetValue(mix, target), to };
  });
  return { changes, status: 'open', decidedBy: null };
}

/** The changes of the mix that carry a suggestion out, without those that it has already. Refuses where nothing of it is there any more. */
export function carriedOut(mix: Mix, { changes }: Pick<Suggestion, 'changes'>): Change[] {
  const there = changes.flatMap(({ control, to }) => {
    const target = targetOf(control);
    return target && rowOf(mix, target) ? [{ target, to }] : [];
  });
  if (there.length === 0) throw new Refusal(409, 'The controls that this suggestion changes are no longer there. Nothing was changed.');
  return there.filter(({ target, to }) => targetValue(mix, target) !== to).flatMap(({ target, to }) => setValue(mix, target, to));
}
