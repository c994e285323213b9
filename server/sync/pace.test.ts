import { expect, test } from 'vitest';
import { MESSAGE } from '../../lib/protocol';
import { Pace } from './pace';

const update = (bytes: number) => Uint8Array.of(MESSAGE.sync, ...new Uint8Array(bytes - 1));

test('an hour of a busy hand is never waited for', () => {
  const pace = new Pace();
  const [small, large] = [update(200), update(60_000)];
  let waits = 0;
  for (let tick = 0; tick < 20 * 3600; tick++) waits += pace.count(tick % 100 === 0 ? large : small, tick * 50);
  expect(waits).toBe(0);
});

test('the echo of a full session, which an unmodified provider sends, is never waited for', () => {
  const pace = new Pace();
  const echo = Uint8Array.of(MESSAGE.awareness, ...new Uint8Array(30_000));
  let waits = 0;
  for (let tick = 0; tick < 20 * 60; tick++) waits += pace.count(echo, tick * 50);
  expect(waits).toBe(0);
});

test('a flood of large updates waits for as long as it is ahead, and not longer', () => {
  const pace = new Pace();
  const waits = Array.from({ length: 40 }, () => pace.count(update(64 * 1024), 0));
  expect(waits[14]).toBe(0);
  expect(waits[39]).toBeGreaterThan(1500);
  expect(pace.count(update(100), 20_000)).toBe(0);
});
