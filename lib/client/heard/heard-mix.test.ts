import { describe, expect, it, vi } from 'vitest';
import type { Change, Mix } from '../../mix';
import { FADER, grabbed, kept, PAN, two } from '../desk/table.fixture';
import { fixedLayer } from './layer';
import { NOTHING_OVER, overlaid } from './overlay';
import { OverlayMix } from './overlay-mix';

type Seat = ReturnType<typeof two>['ana'];
const shown = (seat: Seat) => seat.desk.value(FADER).get();
const faderAt = (value: number): Change => ({ do: 'put', map: 'strips', id: 'kick', fields: { fader: value } });
/** Moves of a hand that came too fast wait for the next message. */
const told = () => vi.advanceTimersByTime(100);
const over = (seat: Seat, editable: boolean, ...changes: Change[]) =>
  new OverlayMix(seat.document, overlaid(NOTHING_OVER, changes), editable);
const mixWith = (mix: Mix, fader: number): Mix => {
  const kick = mix.strips.get('kick');
  return kick ? { ...mix, strips: new Map([...mix.strips, ['kick', { ...kick, values: { fader } }]]) } : mix;
};

describe('another mix for this page alone', () => {
  it('is heard and shown here, and sent to nobody', () => {
    const { ana, ben } = two();
    ana.desk.set([FADER, -6]);
    const [updates, frames] = [ana.updates(), ana.frames];
    ana.layers.hear(fixedLayer(mixWith(ana.desk.mix.get(), -20)));
    expect([shown(ana), shown(ben), kept(ben)]).toEqual([-20, -6, -6]);
    ana.layers.hear(null);
    expect(shown(ana)).toBe(-6);
    expect([ana.updates(), ana.frames]).toEqual([updates, frames]);
  });

  it('cannot be changed, and says why', () => {
    const { ana } = two();
    ana.layers.hear(fixedLayer(ana.desk.mix.get()));
    expect(ana.desk.writable.get()).toBe(false);
    expect(ana.desk.grab([FADER])).toMatchObject({ ok: false, error: expect.stringContaining('Go back to the mix') });
    expect(ana.desk.set([FADER, -3]).ok).toBe(false);
  });

  it('takes my hands off what they hold: where they left it is kept', () => {
    const { ana, ben } = two();
    const gesture = grabbed(ana, FADER);
    gesture.move(-9);
    ana.layers.hear(fixedLayer(mixWith(ana.desk.mix.get(), -20)));
    gesture.move(-30);
    expect([kept(ben), ana.holding]).toEqual([-9, []]);
  });

  it('hears nothing of hands that move the shared mix, and again when it is back', () => {
    const { ana, ben } = two();
    const gesture = grabbed(ben, FADER);
    ana.layers.hear(fixedLayer(mixWith(ana.desk.mix.get(), -20)));
    gesture.move(-12);
    told();
    expect([shown(ana), ana.desk.hand(FADER).get()]).toEqual([-20, null]);
    ana.layers.hear(null);
    expect([shown(ana), ana.desk.hand(FADER).get()?.user.name]).toEqual([-12, 'Ben']);
    gesture.release();
  });

  it('changes over the shared mix stay over what others do to it, which is heard afterwards', () => {
    const { ana, ben } = two();
    ana.layers.hear(over(ana, false, faderAt(-20)));
    ben.desk.set([FADER, -3], [PAN, 10]);
    expect([shown(ana), ana.desk.value(PAN).get()]).toEqual([-20, 10]);
    ana.layers.hear(null);
    expect(shown(ana)).toBe(-3);
  });
});

describe('a draft', () => {
  it('has all of the desk, for a listener too, and nothing of it goes out', () => {
    const { ana, ben } = two();
    ana.writable.set(false);
    expect(ana.desk.grab([FADER]).ok).toBe(false);
    const [updates, frames] = [ana.updates(), ana.frames];
    ana.layers.hear(over(ana, true));
    const gesture = grabbed(ana, FADER);
    gesture.move(-9);
    gesture.release();
    ana.desk.set([PAN, 20]);
    expect([shown(ana), ana.desk.value(PAN).get(), shown(ben), ben.desk.hand(FADER).get()]).toEqual([-9, 20, 0, null]);
    ana.desk.undo();
    expect([ana.desk.value(PAN).get(), shown(ana)]).toEqual([0, -9]);
    expect([ana.updates(), ana.frames, ana.holding]).toEqual([updates, frames, []]);
  });

  it('is free where somebody else holds the control of the shared mix, whose hand moves what I have not touched', () => {
    const { ana, ben } = two();
    ana.layers.hear(over(ana, true));
    const theirs = grabbed(ben, FADER, PAN);
    const mine = grabbed(ana, FADER);
    mine.move(-9);
    theirs.move(-30, 40);
    mine.release();
    theirs.move(-31, 41);
    told();
    expect([shown(ana), ana.desk.value(PAN).get(), shown(ben)]).toEqual([-9, 41, -31]);
    theirs.release();
    expect([shown(ana), shown(ben)]).toEqual([-9, -31]);
  });

  it('and the shared mix have each their own undo', () => {
    const { ana } = two();
    ana.desk.set([FADER, -6]);
    ana.layers.hear(over(ana, true));
    expect(ana.desk.canUndo.get()).toBe(false);
    ana.desk.set([FADER, -9]);
    ana.layers.hear(null);
    expect([shown(ana), ana.desk.canUndo.get()]).toEqual([-6, true]);
    ana.desk.undo();
    expect(shown(ana)).toBe(0);
  });
});
