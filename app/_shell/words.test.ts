import { describe, expect, it } from 'vitest';
import { ago, barsAndBeats, exactTime, fileName, initials, level, shortTime, stretch } from './words';

describe('times', () => {
  it('shows minutes, seconds and milliseconds', () => {
    expect(exactTime(42.31)).toBe('0:42.310');
    expect(exactTime(59.9996)).toBe('1:00.000');
    expect(exactTime(3601.5)).toBe('60:01.500');
  });
  it('cuts to the second a clock would show', () => {
    expect(shortTime(59.9)).toBe('0:59');
    expect(stretch(28.2, 37.6)).toBe('0:28–0:37');
  });
  it('counts bars and beats from one', () => {
    const four = { tempo: 120, metre: [4, 4] as const };
    expect(barsAndBeats(0, four)).toBe('1.1.000');
    expect(barsAndBeats(2.25, four)).toBe('2.1.240');
  });
  it('takes the beat from the metre: at 6/8 a beat is an eighth', () => {
    expect(barsAndBeats(1.5, { tempo: 120, metre: [6, 8] })).toBe('2.1.000');
  });
  it('says how long ago', () => {
    expect(ago(0, 59_000)).toBe('just now');
    expect(ago(0, 3 * 3_600_000)).toBe('3 h');
  });
});

describe('words', () => {
  it('shows silence and never a minus zero', () => {
    expect(level(Number.NEGATIVE_INFINITY)).toBe('−∞');
    expect(level(-0.04)).toBe('0.0');
    expect(level(-14.25)).toMatch(/^−14\.[23]$/);
  });
  it('makes initials of any name', () => {
    expect(initials('Mona Lee')).toBe('ML');
    expect(initials('jo')).toBe('JO');
    expect(initials('Ö')).toBe('Ö');
    expect(initials('  ')).toBe('?');
  });
  it('makes a file name of any title', () => {
    expect(fileName('A/B: "what?"')).toBe('A-B- -what-');
    expect(fileName('...')).toBe('Mixdown');
  });
});
