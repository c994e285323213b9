import type { StripKind } from '../parameters/row';

/** The order a strip has where none is kept. A valid key, so that others can be put beside it. */
export const FIRST_ORDER = 'a0';

/** What a strip without a name is called. */
export const UNNAMED: Readonly<Record<StripKind, string>> = { stem: 'Stem', group: 'Group', aux: 'Effect', vca: 'VCA', master: 'Master' };
