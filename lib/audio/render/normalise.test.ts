import { describe, expect, it } from 'vitest';
import { normalisingGain } from './normalise';

describe('normalising', () => {
  it('to a loudness goes there, or as far as the true peaks allow', () => {
    const wanted = { to: 'loudness', target: -14, ceiling: -1 } as const;
    expect(normalisingGain(wanted, { integrated: -10, truePeak: -0.5 })).toBe(-4);
    expect(normalisingGain(wanted, { integrated: -20, truePeak: -9 })).toBe(6);
    expect(normalisingGain(wanted, { integrated: -20, truePeak: -3 })).toBe(2);
  });

  it('to a peak goes there', () => {
    expect(normalisingGain({ to: 'peak', target: -1 }, { integrated: -30, truePeak: -7.5 })).toBe(6.5);
  });

  it('leaves silence alone', () => {
    const silence = { integrated: Number.NEGATIVE_INFINITY, truePeak: Number.NEGATIVE_INFINITY };
    expect(normalisingGain({ to: 'peak', target: -1 }, silence)).toBe(0);
    expect(normalisingGain({ to: 'loudness', target: -14, ceiling: -1 }, silence)).toBe(0);
  });
});
