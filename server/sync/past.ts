import { type Difference, followDifferences, inverse, type Records } from '../../lib/mix';
import type { UpdateLog } from '../ports';
import { FIXED } from './limits';

/** The records as they were when the gesture that began with the row `sequence` had been made, and no later one. `records` of now are gone back over. */
export async function recordsAfter(sequence: number, records: Records, log: UpdateLog, sessionId: string): Promise<Records> {
  const later = await log.gesturesAfter(sessionId, sequence);
  for (const [index, { body }] of [...later].reverse().entries()) {
    followDifferences(records, inverse(differencesIn(body)));
    // A long way back takes its time from nobody.
    if (index % FIXED.gesturesAtOnce === FIXED.gesturesAtOnce - 1) await new Promise((resolve) => setImmediate(resolve));
  }
  return records;
}

/** What a gesture's body says of what it changed. */
function differencesIn(body: string): readonly Difference[] {
  return (JSON.parse(body) as { readonly differences: readonly Difference[] }).differences;
}
