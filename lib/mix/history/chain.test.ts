import { expect, test } from 'vitest';
import type { Primitive } from '../commands/change';
import { chained } from './chain';
import type { Difference, Records } from './difference';

const set = (field: string, from: Primitive | undefined, to: Primitive | undefined): Difference => ({
  ...{ did: 'set', map: 'strips', id: 'lead', field, from, to },
});
const records = (fields: Record<string, Primitive>): Records => new Map([['strips', new Map([['lead', new Map(Object.entries(fields))]])]]);

test('each gesture leads to what the next one found, the last to what is there', () => {
  const gestures = [[set('fader', undefined, -1)], [set('pan', 0, 10)], [set('fader', -3, -4)]];
  expect(chained(gestures, records({ fader: -6, pan: 20 }))).toEqual([
    [set('fader', undefined, -3)],
    [set('pan', 0, 20)],
    [set('fader', -3, -6)],
  ]);
});

test('what is right is left as it is, and a field that came back is no difference', () => {
  const gestures = [[set('fader', 0, -1)], [set('fader', -1, -2), set('pan', 5, 6)]];
  const [first, second] = chained(gestures, records({ fader: -2, pan: 5 }));
  expect(first).toBe(gestures[0]);
  expect(second).toEqual([set('fader', -1, -2)]);
});

test('a strip that went later had the value that the gesture led to', () => {
  const removed: Difference = { did: 'remove', map: 'strips', id: 'lead', fields: { fader: -9 } };
  const gone: Records = new Map([['strips', new Map()]]);
  expect(chained([[set('fader', 0, -1)], [removed]], gone)).toEqual([[set('fader', 0, -9)], [removed]]);
});
