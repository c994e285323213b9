import { expect, it } from 'vitest';
import type { Compared, EarsFinding } from './compare';
import { StandingFindings } from './standing';

const ben = (...findings: EarsFinding[]): Compared[] => [{ client: 2, findings, verdict: 'same' }];
const lacking = (count: number): EarsFinding => ({ what: 'stems', lacking: count, lacks: [] });

it('only what has stood for long enough is told, with its newest figures', () => {
  const standing = new StandingFindings();
  expect(standing.look(ben(lacking(5)), 0, 3000)).toEqual(ben());
  expect(standing.look(ben(lacking(2)), 2999, 3000)).toEqual(ben());
  expect(standing.look(ben(lacking(2), { what: 'failed' }), 3000, 3000)).toEqual(ben(lacking(2)));
});

it('what was gone meanwhile begins anew', () => {
  const standing = new StandingFindings();
  standing.look(ben(lacking(1)), 0, 3000);
  standing.look(ben(), 1000, 3000);
  expect(standing.look(ben(lacking(1)), 3000, 3000)).toEqual(ben());
  expect(standing.look(ben(lacking(1)), 6000, 3000)).toEqual(ben(lacking(1)));
});
