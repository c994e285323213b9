import type { Owner, ParameterRow } from './row';

type Words = Pick<ParameterRow, 'id' | 'label' | 'short' | 'help'> & Partial<Pick<ParameterRow, 'kinds' | 'owner'>>;
type Span = Pick<ParameterRow, 'min' | 'max' | 'default'> & Partial<Pick<ParameterRow, 'law' | 'smoothing' | 'fixed' | 'grain'>>;

const OWNER: Owner = 'strip';
const FOLLOW_MS = 5;

/** A continuous parameter: linear, smoothed, unless the span says otherwise. */
export function continuous(words: Words, unit: ParameterRow['unit'], span: Span): ParameterRow {
  return { owner: OWNER, unit, law: 'linear', smoothing: FOLLOW_MS, ...words, ...span };
}

/** On or off, stored as 1 or 0. */
export function toggle(words: Words, on: 0 | 1 = 0): ParameterRow {
  return { owner: OWNER, unit: 'none', min: 0, max: 1, default: on, law: 'switch', smoothing: 0, ...words };
}

/** One of `choices`, stored as its index. */
export function choice(words: Words, choices: readonly string[], index = 0): ParameterRow {
  const span = { min: 0, max: choices.length - 1, default: index };
  return { owner: OWNER, unit: 'none', law: 'choice', smoothing: 0, choices, ...span, ...words };
}
