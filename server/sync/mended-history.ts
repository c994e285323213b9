import { chained, type Difference, type Records } from '../../lib/mix';
import type { LoggedGesture, UpdateLog } from '../ports';
import { FIXED } from './limits';

/** Which gestures, and the records of the document with all rows of the log up to `through`; these are used up. */
interface Mending {
  readonly records: () => Records;
  readonly through: number;
  /** Those that went on last between these (ms). */
  readonly from: number;
  readonly until: number;
}

/**
 * Writes to their end the gestures of a session whose rows do not say where they led: whoever wrote them ended before that (SPEC.md 11.9).
 * None of them may still be going on.
 */
export async function mendHistory(log: UpdateLog, sessionId: string, mending: Mending): Promise<void> {
  const newest = await log.newestGestures(sessionId, mending.through, FIXED.gesturesMended);
  const oldest = newest.findIndex(({ until }) => until >= mending.from && until <= mending.until);
  if (oldest < 0) return;
  const goneOn = mended(newest.slice(oldest), mending).map((gesture) => ({ sessionId, gesture }));
  if (goneOn.length > 0) await log.append([], goneOn);
}

function mended(gestures: readonly LoggedGesture[], { records, from, until }: Mending): LoggedGesture[] {
  const bodies = gestures.map(({ body }) => JSON.parse(body) as { readonly differences: readonly Difference[] });
  const right = chained(
    bodies.map(({ differences }) => differences),
    records(),
  );
  return gestures.flatMap((gesture, index) => {
    const [body, differences] = [bodies[index], right[index]];
    if (body?.differences === differences || gesture.until < from || gesture.until > until) return [];
    return [{ ...gesture, body: JSON.stringify({ ...body, differences }) }];
  });
}
