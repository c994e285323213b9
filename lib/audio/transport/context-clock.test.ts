import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContextClock, readClocks } from './context-clock';

const context = (change: object = {}) => ({
  currentTime: 5,
  outputLatency: 0.032,
  getOutputTimestamp: () => ({ contextTime: 4.97, performanceTime: 9000 }),
  ...change,
});

describe('the context clock', () => {
  it('reads the timestamp of the output, and nothing before it moves', () => {
    expect(readClocks(context(), 9010, false)).toEqual({ context: 4.97, at: 9000 });
    expect(readClocks(context({ getOutputTimestamp: () => ({ contextTime: 0, performanceTime: 0 }) }), 9010, false)).toBeNull();
  });

  it('counts the output latency itself in Firefox', () => {
    expect(readClocks(context(), 9010, true)).toEqual({ context: 5 - 0.032, at: 9010 });
  });

  it('finds the offset through jitter of 5 ms and some wild readings', () => {
    const jitter = fc.array(fc.double({ min: -2.5, max: 2.5, noNaN: true }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(jitter, fc.double({ min: 0, max: 1e6, noNaN: true }), (errors, offset) => {
        const clock = new ContextClock();
        errors.forEach((error, n) => {
          clock.add({ context: n * 0.1, at: offset + n * 100 + (n % 10 === 0 ? 400 : error) });
        });
        const found = clock.contextTime(offset + 5000) ?? Number.NaN;
        expect(Math.abs(found - 5)).toBeLessThanOrEqual(0.0026);
      }),
    );
  });

  it('goes on as it was when it begins anew, until there is a new reading', () => {
    const clock = new ContextClock();
    for (let n = 0; n < 40; n++) clock.add({ context: n, at: n * 1000 });
    clock.renew();
    expect(clock.contextTime(1000)).toBeCloseTo(1, 9);
    clock.add({ context: 40, at: 40_180 });
    expect(clock.contextTime(1180)).toBeCloseTo(1, 9);
  });

  it('forgets old readings', () => {
    const clock = new ContextClock();
    for (let n = 0; n < 40; n++) clock.add({ context: n, at: n * 1000 });
    for (let n = 0; n < 40; n++) clock.add({ context: n, at: n * 1000 + 7 });
    expect(clock.contextTime(1007)).toBeCloseTo(1, 9);
    clock.clear();
    expect(clock.contextTime(1007)).toBeNull();
  });
});
