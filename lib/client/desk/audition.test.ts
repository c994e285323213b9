import { describe, expect, it } from 'vitest';
import { FADER, grabbed, two } from './table.fixture';

const shown = (seat: ReturnType<typeof two>['ana']) => seat.desk.value(FADER).get();
const sounds = (seat: ReturnType<typeof two>['ana']) => seat.heard.findLast(({ target }) => target === 'strip/kick/fader')?.value;

describe('hearing controls at other values for a while', () => {
  it('is mine alone, and over when it ends', () => {
    const { ana, ben } = two();
    ana.desk.set([FADER, -6]);
    const end = ana.desk.audition([[FADER, -20]]);
    expect([shown(ana), sounds(ana)]).toEqual([-20, -20]);
    expect([shown(ben), ben.desk.mix.get().strips.get('kick')?.values['fader']]).toEqual([-6, -6]);
    expect(ana.desk.mix.get().strips.get('kick')?.values['fader']).toBe(-6);
    end();
    expect([shown(ana), sounds(ana)]).toEqual([-6, -6]);
  });

  it('stays over what others do to the mix, which is heard afterwards', () => {
    const { ana, ben } = two();
    const end = ana.desk.audition([[FADER, -20]]);
    ben.desk.set([FADER, -3]);
    expect([shown(ana), sounds(ana)]).toEqual([-20, -20]);
    end();
    expect([shown(ana), sounds(ana)]).toEqual([-3, -3]);
  });

  it('gives way to my own hand, which begins where the mix has the control', () => {
    const { ana } = two();
    ana.desk.set([FADER, -6]);
    const end = ana.desk.audition([[FADER, -20]]);
    const gesture = grabbed(ana, FADER);
    expect(shown(ana)).toBe(-6);
    gesture.move(-7);
    end();
    expect([shown(ana), sounds(ana)]).toEqual([-7, -7]);
    gesture.release();
  });

  it('takes the place of what was heard before; its end does not end the other', () => {
    const { ana } = two();
    const first = ana.desk.audition([[FADER, -20]]);
    const second = ana.desk.audition([[FADER, -12]]);
    first();
    expect(shown(ana)).toBe(-12);
    second();
    expect(shown(ana)).toBe(0);
  });
});
