import { expect, it } from 'vitest';
import type { Compared, EarsFinding } from './compare';
import { STANDS_MS, StandingFindings } from './standing';

const ben = (...findings: EarsFinding[]): Compared[] => [{ client: 2, findings, verdict: 'same' }];
const lacking = (count: number): EarsFinding => ({ what: 'stems', lacking: count, lacks: [] });

it('only what has stood for three seconds is told, with its newest figures', () => {
  const standing = new StandingFindings();
  expect(standing.look(ben(lacking(5)), 0)).toEqual(ben());
  expect(standing.look(ben(lacking(2)), STANDS_MS - 1)).toEqual(ben());
  expect(standing.look(ben(lacking(2), { what: 'failed' }), STANDS_MS)).toEqual(ben(lacking(2)));
});

it('what was gone meanwhile begins anew', () => {
  const standing = new StandingFindings();
  standing.look(ben(lacking(1)), 0);
  standing.look(ben(), 1000);
  expect(standing.look(ben(lacking(1)), STANDS_MS)).toEqual(ben());
  expect(standing.look(ben(lacking(1)), 2 * STANDS_MS)).toEqual(ben(lacking(1)));
});
