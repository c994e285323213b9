import { useMemo } from 'react';
import type { Insert, Target } from '../../../lib/mix';
import { useValues } from '../../_session';

/** Values of an effect by id, as heard now; 0 where it has no such parameter. */
export function useInsertValues<Id extends string>(insert: Insert, ids: readonly Id[]): Readonly<Record<Id, number>> {
  const names = ids.join();
  const targets = useMemo(
    () => names.split(',').map((parameter): Target => ({ on: 'insert', id: insert.id, parameter })),
    [insert.id, names],
  );
  const values = useValues(targets);
  return Object.fromEntries(ids.map((id, index) => [id, values[index] ?? 0])) as Record<Id, number>;
}
