import type { InsertId, StripId } from '../../../lib/mix';
import { createStore } from '../../../lib/std';

/** Stands for a strip's saturation among its effects. */
export const SATURATION = 'saturation';

/** Which effect of each strip is open; of this page alone. */
export const openEffects = createStore<ReadonlyMap<StripId, InsertId>>(new Map());

export function openEffect(strip: StripId, effect: InsertId): void {
  openEffects.set(new Map(openEffects.get()).set(strip, effect));
}
