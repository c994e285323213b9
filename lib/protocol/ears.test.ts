import { expect, it } from 'vitest';
import { type Ears, earsSchema, NAMED_LACKS } from './ears';
import { awarenessSchema } from './sync';

/** The most that a page of ours says. */
const longest: Ears = {
  sound: 'failed',
  stems: 256,
  lacking: 256,
  lacks: Array.from({ length: NAMED_LACKS }, (_, at) => ({ stem: `stem-of-16-chars${at}`, why: 'damaged' as const })),
  effects: 999,
  rate: 192_000,
  latency: 10_000,
  nudge: -1000,
  gaps: 9999,
  moved: 9999,
  ways: ['before fader', 'mono', 'side', 'swapped', 'inverted', 'highs', 'crossfeed'],
  unsaved: 9999,
  mix: 'ffffffffffffffff',
  print: 'ffffffffffffffff',
};

it('the longest report fits an awareness state beside twelve hands', () => {
  expect(earsSchema.parse(longest)).toEqual(longest);
  const hands = Array.from({ length: 12 }, (_, at) => `insert/insert-of-16-char${at}/a.longer.parameter`);
  const state = { user: { id: 'x'.repeat(16), name: 'n'.repeat(80), color: 11 }, role: 'commenter', selected: 'x'.repeat(16), hands };
  expect(JSON.stringify({ ...state, together: true, ears: longest }).length).toBeLessThan(2048);
});

it('a report of another shape is passed over, and the person is still here', () => {
  for (const ears of [
    'loud',
    { ...longest, sound: 'new' },
    { ...longest, lacks: [...longest.lacks, ...longest.lacks] },
    { ...longest, mix: 'x'.repeat(900) },
  ]) {
    const read = awarenessSchema.parse({ selected: 'a', ears });
    expect([read.selected, read.ears]).toEqual(['a', undefined]);
  }
  expect(awarenessSchema.parse({ ears: { ...longest, more: 1 } }).ears).toEqual(longest);
});
