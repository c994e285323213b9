import { type Difference, followDifferences, inverse, type Records } from './difference';

/**
 * The differences of gestures, in the order in which they began, so that each leads to what the next one found, and the last to
 * `records` as they are now, which are gone back over. A gesture may have gone on after it was last written down; from where it led away is
 * what was written at its beginning, and stays.
 */
export function chained(gestures: readonly (readonly Difference[])[], records: Records): (readonly Difference[])[] {
  const result: (readonly Difference[])[] = [];
  for (const differences of [...gestures].reverse()) {
    result.unshift(ledTo(differences, records));
    followDifferences(records, inverse(differences));
  }
  return result;
}

/** The same array where it led there already. */
function ledTo(differences: readonly Difference[], records: Records): readonly Difference[] {
  const to = (one: Difference) => (one.did === 'set' ? records.get(one.map)?.get(one.id)?.get(one.field) : undefined);
  if (!differences.some((one) => one.did === 'set' && to(one) !== one.to)) return differences;
  return differences.flatMap((one): Difference[] => {
    if (one.did !== 'set') return [one];
    const now = to(one);
    return now === one.from ? [] : [{ ...one, to: now }];
  });
}
