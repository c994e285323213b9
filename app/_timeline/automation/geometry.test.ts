import { expect, test } from 'vitest';
import { type LanePoint, stripRow } from '../../../lib/mix';
import { breakpointAt, inOrder, type LaneBox, lineUnder, placeOf, pointUnder } from './geometry';

const row = stripRow('fader');
if (!row) throw new Error('no fader');
const box: LaneBox = { view: { from: 10, zoom: 2 }, extent: { width: 1000, length: 100 }, row, height: 72 };
const points: LanePoint[] = [
  { id: 'pa', at: 20, value: -20, curve: 'linear' },
  { id: 'pb', at: 40, value: 0, curve: 'linear' },
];

test('a place and its moment and value are the same thing', () => {
  for (const point of points) {
    const found = breakpointAt(box, placeOf(box, point));
    expect(found.at).toBeCloseTo(point.at, 9);
    expect(found.value).toBeCloseTo(point.value, 9);
  }
});

test('a hand finds the nearest point, and the two whose line it is on', () => {
  const { x, y } = placeOf(box, points[0] as LanePoint);
  expect(pointUnder(box, points, { x: x + 4, y: y - 4 })?.id).toBe('pa');
  expect(pointUnder(box, points, { x: x + 40, y })).toBeUndefined();
  const middle = placeOf(box, { at: 30, value: -10, curve: 'linear' });
  expect(lineUnder(box, points, middle).map(({ id }) => id)).toEqual(['pa', 'pb']);
  expect(lineUnder(box, points, { ...middle, y: middle.y + 20 })).toEqual([]);
  expect(lineUnder(box, points, placeOf(box, { at: 50, value: 0, curve: 'linear' })).map(({ id }) => id)).toEqual(['pb']);
});

test('a stroke back over itself leaves the later values, in order', () => {
  const at = (seconds: number, value: number) => ({ at: seconds, value, curve: 'linear' as const });
  expect(inOrder([at(1, -3), at(2, -4), at(1, -9)])).toEqual([at(1, -9), at(2, -4)]);
});
