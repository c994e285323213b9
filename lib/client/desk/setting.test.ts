import { describe, expect, it } from 'vitest';
import { addPoint, removePoints } from '../../mix';
import { FADER, grabbed, kept, LEVEL, PAN, two } from './table.fixture';

describe('setting and applying', () => {
  it('keeps only what differs from the default, within its range', () => {
    const { ana, ben } = two();
    expect(ana.desk.set([FADER, 99], [LEVEL, -12]).ok).toBe(true);
    expect(kept(ben)).toBe(10);
    expect(kept(ben, LEVEL)).toBe(-12);
    ana.desk.set([FADER, 0]);
    expect(kept(ben)).toBeUndefined();
    expect(ana.desk.set([{ on: 'strip', id: 'nobody', parameter: 'fader' }, 0]).ok).toBe(false);
  });

  it('undo takes back mine and leaves what somebody else has set since', () => {
    const { ana, ben } = two();
    ana.desk.set([FADER, -3]);
    ben.desk.set([PAN, 20]);
    ben.desk.set([FADER, -9]);
    ana.desk.undo();
    expect(kept(ana)).toBe(-9);
    expect(kept(ana, PAN)).toBe(20);
  });

  it('a role that only listens moves nothing, also in the middle of a gesture', () => {
    const { ana, ben } = two();
    const gesture = grabbed(ana, FADER);
    gesture.move(-20);
    ana.writable.set(false);
    gesture.move(-30);
    gesture.release();
    expect(kept(ben)).toBeUndefined();
    expect(ana.desk.value(FADER).get()).toBe(0);
    for (const tried of [ana.desk.grab([FADER]), ana.desk.set([FADER, 1]), ana.desk.apply([])]) {
      expect(tried.ok ? '' : tried.error).toMatch(/owner/);
    }
  });

  it('a lane is as little drawn on as its control is moved while somebody has a hand on it', () => {
    const { ana, ben } = two();
    grabbed(ana, FADER);
    const point = { at: 1, value: -3, curve: 'linear' } as const;
    const refused = ben.desk.apply(addPoint(ben.desk.mix.get(), FADER, point));
    expect(refused.ok ? '' : refused.error).toContain('Ana');
    expect(ben.desk.apply(addPoint(ben.desk.mix.get(), PAN, point)).ok).toBe(true);
    expect(ana.desk.apply(addPoint(ana.desk.mix.get(), FADER, point)).ok).toBe(true);
    const ids = new Set((ben.desk.mix.get().automation.get('strip/kick/fader')?.points ?? []).map(({ id }) => id));
    expect(ben.desk.apply(removePoints(ben.desk.mix.get(), FADER, ids)).ok).toBe(false);
  });
});
