import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FADER_MARKS,
  faderDecibels,
  formatShort,
  formatValue,
  INSERT_ROWS,
  type ParameterRow,
  parseValue,
  positionOf,
  SEND_ROWS,
  STRIP_ROWS,
  sendRow,
  shownValue,
  stepValue,
  stripRow,
  valueAt,
} from '..';

const ROWS: readonly ParameterRow[] = [...STRIP_ROWS, ...SEND_ROWS, ...INSERT_ROWS.reverb, ...INSERT_ROWS.delay];
const anyRow = fc.constantFrom(...ROWS);
const rowAndPosition = fc.tuple(anyRow, fc.double({ min: 0, max: 1, noNaN: true }));

function row(id: string): ParameterRow {
  const found = stripRow(id) ?? sendRow(id);
  if (!found) throw new Error(`no row ${id}`);
  return found;
}

/** Half of the last digit that is shown. */
function resolution(of: ParameterRow, value: number): number {
  if (of.unit === 'dB') return 0.05;
  if (of.unit === '%' || of.unit === 'pan') return 0.5;
  if (of.unit === 'ratio') return value < 9.95 ? 0.05 : 0.5;
  return Math.max(0.005, Math.abs(value) * 0.005);
}

describe('position and value', () => {
  test('every value of every row comes back from its place on the travel', () => {
    fc.assert(
      fc.property(rowAndPosition, ([of, position]) => {
        const value = valueAt(of, position);
        expect(valueAt(of, positionOf(of, value))).toBeCloseTo(value, 6);
      }),
    );
  });

  test('the travel of every row rises from its least to its greatest value', () => {
    fc.assert(
      fc.property(anyRow, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (of, a, b) => {
        expect(valueAt(of, Math.min(a, b))).toBeLessThanOrEqual(valueAt(of, Math.max(a, b)));
        expect(valueAt(of, 0)).toBe(of.min);
        expect(valueAt(of, 1)).toBeCloseTo(of.max, 9);
      }),
    );
  });

  test('the fader stands on each of its marks', () => {
    for (const mark of FADER_MARKS) {
      expect(positionOf(row('fader'), mark.decibels)).toBeCloseTo(mark.position, 12);
      expect(faderDecibels(mark.position)).toBeCloseTo(mark.decibels, 12);
    }
  });

  test('a position beyond the travel is its end', () => {
    expect(valueAt(row('pan'), -3)).toBe(-100);
    expect(valueAt(row('pan'), 7)).toBe(100);
  });
});

describe('values in words', () => {
  test.each([
    ['fader', -6, '−6.0 dB'],
    ['fader', 1.5, '+1.5 dB'],
    ['fader', 0, '0.0 dB'],
    ['fader', -0.02, '0.0 dB'],
    ['fader', -120, '−∞'],
    ['eq.1.freq', 1200, '1.20 kHz'],
    ['eq.1.freq', 999.9, '1.00 kHz'],
    ['eq.1.freq', 80, '80.0 Hz'],
    ['pan', -30, 'L30'],
    ['pan', 12, 'R12'],
    ['pan', 0.4, 'C'],
    ['comp.ratio', 4, '4.0:1'],
    ['comp.ratio', 20, '20:1'],
    ['comp.attack', 10, '10.0 ms'],
    ['comp.attack', 0.1, '0.10 ms'],
    ['comp.release', 1500, '1.50 s'],
    ['eq.1.q', 0.71, '0.71'],
    ['eq.1.type', 1, 'Low shelf'],
    ['mute', 1, 'On'],
    ['width', 100, '100 %'],
  ])('%s at %d reads "%s"', (id, value, text) => {
    expect(formatValue(row(id), value)).toBe(text);
  });

  test('a narrow place leaves the unit out', () => {
    expect(formatShort(row('fader'), -6)).toBe('−6.0');
    expect(formatShort(row('eq.1.freq'), 1200)).toBe('1.20k');
    expect(formatShort(row('comp.release'), 1500)).toBe('1.50s');
  });
});

describe('values as typed', () => {
  test.each([
    ['fader', '-6', -6],
    ['fader', '-6dB', -6],
    ['fader', ' −6,5 db ', -6.5],
    ['fader', '-inf', -120],
    ['fader', '99', 10],
    ['eq.1.freq', '1.2k', 1200],
    ['eq.1.freq', '1.2 kHz', 1200],
    ['eq.1.freq', '440', 440],
    ['pan', 'L30', -30],
    ['pan', 'c', 0],
    ['pan', 'r', 100],
    ['pan', '-25', -25],
    ['comp.ratio', '4:1', 4],
    ['comp.ratio', 'inf', 100],
    ['comp.release', '250ms', 250],
    ['comp.release', '1.5s', 1500],
    ['delay.time', '480 samples', 10],
    ['delay.time', '1 sample', 1 / 48],
    ['delay.time', '5761 smp', 5761 / 48],
    ['comp.attack', '96smp', 2],
    ['eq.1.type', 'high', 2],
    ['mute', 'on', 1],
  ])('%s: "%s" is %d', (id, text, value) => {
    expect(parseValue(row(id), text)).toBeCloseTo(value, 9);
  });

  test.each([
    ['fader', ''],
    ['fader', 'loud'],
    ['fader', '3 Hz'],
    ['fader', '1e3'],
    ['pan', '-inf'],
    ['eq.1.type', 'wah'],
    ['mute', 'maybe'],
  ])('%s: "%s" means nothing', (id, text) => {
    expect(parseValue(row(id), text)).toBeNull();
  });

  test('what is shown can be typed: it is the same value, as far as it is shown', () => {
    fc.assert(
      fc.property(rowAndPosition, ([of, position]) => {
        const value = valueAt(of, position);
        const text = formatValue(of, value);
        const typed = parseValue(of, text);
        expect(typed, `${of.id} "${text}"`).not.toBeNull();
        expect(Math.abs((typed ?? Number.NaN) - value)).toBeLessThanOrEqual(resolution(of, value) + 1e-9);
        expect(formatValue(of, typed ?? Number.NaN)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test('no text breaks the reader, and every reading lies in the range', () => {
    fc.assert(
      fc.property(anyRow, fc.string(), (of, text) => {
        const value = parseValue(of, text);
        if (value === null) return;
        expect(value).toBeGreaterThanOrEqual(of.min);
        expect(value).toBeLessThanOrEqual(of.max);
      }),
    );
  });
});

describe("the strip's delay, which counts samples", () => {
  const delay = row('delay.time');
  const samples = (ms: number) => Math.round(ms * 48);

  test('is dragged and shown to the sample anywhere on its travel', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 24_000 }), (frames) => {
        const value = shownValue(delay, frames / 48);
        expect(value * 48).toBeCloseTo(frames, 6);
        expect(samples(parseValue(delay, formatValue(delay, value)) ?? Number.NaN)).toBe(frames);
      }),
    );
    expect(shownValue(delay, 234.5678)).toBeCloseTo(11_259 / 48, 9);
  });

  test('goes by one sample with a fine step, from wherever it stands', () => {
    expect(samples(stepValue(delay, 5760 / 48, 0.2))).toBe(5761);
    expect(samples(stepValue(delay, 5760 / 48, -0.2))).toBe(5759);
    expect(samples(stepValue(delay, 120.004, 0.2))).toBe(5761);
    expect(stepValue(delay, 120, 1)).toBeCloseTo(125, 6);
    expect(stepValue(delay, 0, -0.2)).toBe(0);
  });
});

describe('steps', () => {
  test('an arrow moves the fader by half a decibel, a fine one by a tenth', () => {
    expect(stepValue(row('fader'), -6, 1)).toBe(-5.5);
    expect(stepValue(row('fader'), -6, -0.2)).toBe(-6.1);
  });

  test('a closed fader comes up within a few presses', () => {
    let value = -120;
    for (let press = 0; press < 20; press += 1) value = stepValue(row('fader'), value, 1);
    expect(value).toBeGreaterThan(-40);
  });

  test('every press moves, the way it should', () => {
    fc.assert(
      fc.property(rowAndPosition, fc.constantFrom(1, -1, 0.2, -0.2), ([of, position], steps) => {
        const value = shownValue(of, valueAt(of, position));
        const moved = stepValue(of, value, steps);
        if ((steps > 0 && value >= of.max) || (steps < 0 && value <= of.min)) return;
        expect(Math.sign(moved - value), `${of.id} from ${value}`).toBe(Math.sign(steps));
      }),
    );
  });

  test('a choice moves by one, however fine the step', () => {
    expect(stepValue(row('eq.1.type'), 1, 0.2)).toBe(2);
    expect(stepValue(row('eq.1.type'), 1, -0.2)).toBe(0);
  });
});
