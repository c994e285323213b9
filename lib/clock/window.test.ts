import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Probe, ProbeWindow } from './window';

/** A probe over a line with the given delays, the server's clock ahead by `offset`. */
const exchange = (sent: number, out: number, back: number, offset: number, work = 0.1): Probe => ({
  sent,
  received: sent + out + offset,
  answered: sent + out + work + offset,
  arrived: sent + out + work + back,
});

const delay = fc.double({ min: 0, max: 500, noNaN: true });
const offsets = fc.double({ min: -1e9, max: 1e9, noNaN: true });

describe('the window of probes', () => {
  it('rule 3: takes the least way out and the least way back from different probes', () => {
    const window = new ProbeWindow();
    window.add(exchange(0, 2, 60, 1000));
    const estimate = window.add(exchange(500, 45, 2, 1000));
    // Within what two clocks may have drifted apart in half a second.
    expect(Math.abs((estimate?.offset ?? 0) - 1000)).toBeLessThan(0.08);
    expect(Math.abs((estimate?.bound ?? 0) - 2)).toBeLessThan(0.16);
  });

  it('rule 4: the true offset is never farther away than the bound', () => {
    fc.assert(
      fc.property(offsets, fc.array(fc.tuple(delay, delay), { minLength: 1, maxLength: 60 }), (offset, delays) => {
        const window = new ProbeWindow();
        for (const [index, [out, back]] of delays.entries()) {
          const estimate = window.add(exchange(index * 1000, out, back, offset));
          expect(Math.abs((estimate?.offset ?? Number.NaN) - offset)).toBeLessThanOrEqual((estimate?.bound ?? 0) + 1e-5);
        }
      }),
    );
  });

  it.each([50e-6, 100e-6, -100e-6])('rule 5: follows a clock that drifts by %f without falling behind', (drift) => {
    const window = new ProbeWindow();
    let last = 0;
    for (let sent = 0; sent < 600_000; sent += 2000) {
      last = window.add(exchange(sent, 5, 5, sent * drift))?.offset ?? Number.NaN;
      expect(Math.abs(last - sent * drift)).toBeLessThan(0.01);
    }
  });

  it('rule 5: finds the drift through jitter', () => {
    const jitter = fc.array(fc.tuple(delay, delay), { minLength: 300, maxLength: 300 });
    fc.assert(
      fc.property(jitter, fc.double({ min: -100e-6, max: 100e-6, noNaN: true }), (delays, drift) => {
        const window = new ProbeWindow();
        let off = Number.NaN;
        for (const [second, [out, back]] of delays.entries()) {
          const sent = second * 1000;
          const estimate = window.add(exchange(sent, 5 + out / 8, 5 + back / 25, sent * drift));
          off = Math.abs((estimate?.offset ?? Number.NaN) - sent * drift);
          expect(off).toBeLessThanOrEqual((estimate?.bound ?? 0) + 0.01);
        }
        expect(off).toBeLessThan(5);
      }),
      { numRuns: 30 },
    );
  });

  it('rule 6: begins anew when a clock was stepped', () => {
    const window = new ProbeWindow();
    for (let sent = 0; sent < 10_000; sent += 1000) window.add(exchange(sent, 3, 3, 0));
    const estimate = window.add(exchange(10_000, 3, 3, 60_000));
    expect(estimate?.offset).toBeCloseTo(60_000, 6);
    expect(estimate?.probes).toBe(1);
  });

  it('rule 6: one slow probe is no step', () => {
    const window = new ProbeWindow();
    for (let sent = 0; sent < 10_000; sent += 1000) window.add(exchange(sent, 3, 3, 7));
    const estimate = window.add(exchange(10_000, 900, 3, 7));
    expect(estimate?.probes).toBe(11);
    expect(estimate?.offset).toBeCloseTo(7, 1);
  });

  it('rule 7: drops what cannot be', () => {
    const window = new ProbeWindow();
    expect(window.add({ sent: 10, received: 0, answered: 0, arrived: 9 })).toBeNull();
    expect(window.add({ sent: 0, received: 5, answered: 4, arrived: 9 })).toBeNull();
    expect(window.add({ sent: 0, received: Number.NaN, answered: 4, arrived: 9 })).toBeNull();
  });

  it('one side that jitters by 5 to 60 ms leaves the estimate within a few milliseconds', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 5, max: 60, noNaN: true }), { minLength: 16, maxLength: 16 }), (jitter) => {
        const window = new ProbeWindow();
        let offset = Number.NaN;
        for (const [index, extra] of jitter.entries()) offset = window.add(exchange(index * 50, 1 + extra, 1, 0))?.offset ?? Number.NaN;
        expect(offset).toBeCloseTo(Math.min(...jitter) / 2, 1);
      }),
    );
  });
});
