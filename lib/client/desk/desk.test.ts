import { describe, expect, it, vi } from 'vitest';
import { relayHand } from '../../protocol';
import { FADER, grabbed, here, kept, PAN, rooms, two } from './table.fixture';

describe('a hand on a control', () => {
  it('is seen and heard by all while it moves, and is one change of the mix', () => {
    const { ana, ben } = two();
    const seen: number[] = [];
    ben.desk.value(FADER).subscribe(() => seen.push(ben.desk.value(FADER).get()));
    const gesture = grabbed(ana, FADER);
    expect(ben.desk.hand(FADER).get()?.user.name).toBe('Ana');
    for (let step = 1; step <= 5; step++) {
      gesture.move(-step);
      vi.advanceTimersByTime(25);
    }
    expect(seen).toEqual([-1, -2, -3, -4, -5]);
    expect(ben.heard.at(-1)).toEqual({ target: 'strip/kick/fader', value: -5, remote: true });
    expect(kept(ben)).toBeUndefined();
    expect(ana.holding).toEqual(['strip/kick/fader']);
    gesture.release();
    expect(kept(ben)).toBe(-5);
    expect(ben.desk.value(FADER).get()).toBe(-5);
    expect(ben.desk.hand(FADER).get()).toBeNull();
    expect(ana.updates()).toBe(1);
    expect(ana.holding).toEqual([]);
  });

  it('lets the rises it leaves be limited at the others alone, those of an undo too', () => {
    const { ana, ben } = two();
    for (const seat of [ana, ben]) seat.mixes.splice(0);
    const gesture = grabbed(ana, FADER);
    gesture.move(6);
    gesture.release();
    ana.desk.undo();
    expect(ana.mixes).toEqual([false, false]);
    expect(ben.mixes).toEqual([true, true]);
    ben.desk.set([FADER, 3]);
    expect(ben.mixes).toEqual([true, true, false]);
    expect(ana.mixes).toEqual([false, false, true]);
  });

  it('writes at most five times a second in between, all one step of undo', () => {
    const { ana } = two();
    const gesture = grabbed(ana, FADER);
    for (let ms = 0; ms < 2000; ms += 10) {
      gesture.move(-ms / 100);
      vi.advanceTimersByTime(10);
    }
    gesture.release();
    expect(ana.updates()).toBeGreaterThan(5);
    expect(ana.updates()).toBeLessThanOrEqual(11);
    ana.desk.undo();
    expect(kept(ana)).toBeUndefined();
    expect(ana.desk.canUndo.get()).toBe(false);
    ana.desk.redo();
    expect(kept(ana)).toBe(-19.9);
  });

  it('sends at most sixty messages a second', () => {
    const { ana } = two();
    const gesture = grabbed(ana, FADER, PAN);
    for (let ms = 0; ms < 1000; ms += 2) {
      gesture.move(-ms / 100, ms / 10);
      vi.advanceTimersByTime(2);
    }
    gesture.release();
    expect(ana.frames).toBeLessThanOrEqual(60);
    expect(ana.frames).toBeGreaterThan(40);
  });

  it('yields to nobody: a second hand hears who has it', () => {
    const { ana, ben } = two();
    grabbed(ana, FADER);
    const refused = ben.desk.grab([PAN, FADER]);
    expect(refused.ok ? '' : refused.error).toContain('Ana');
    expect(ben.desk.set([FADER, 0]).ok).toBe(false);
    expect(ben.desk.apply([{ do: 'put', map: 'strips', id: 'kick', fields: { fader: -1 } }]).ok).toBe(false);
    expect(ben.desk.grab([PAN]).ok).toBe(true);
  });

  it('two who take it in the same moment agree who has it', () => {
    const { ana, ben } = two();
    const first = grabbed(ana, FADER);
    // Ben’s page had not heard of it yet: take Ana's hand away from its sight, and grab.
    rooms.set(here.filter((person) => person.client !== ana.client));
    const second = grabbed(ben, FADER);
    rooms.set(here);
    second.move(-40);
    first.move(-3);
    vi.advanceTimersByTime(50);
    second.move(-50);
    vi.advanceTimersByTime(300);
    expect(ana.desk.value(FADER).get()).toBe(-3);
    expect(ben.desk.value(FADER).get()).toBe(-3);
    expect(ben.desk.hand(FADER).get()?.client).toBe(ana.client);
    first.release();
    second.release();
    expect(kept(ana)).toBe(-3);
    expect(kept(ben)).toBe(-3);
  });

  it('cancel puts everything back, also what was written meanwhile', () => {
    const { ana, ben } = two();
    ana.desk.set([FADER, -2]);
    const gesture = grabbed(ana, FADER);
    gesture.move(-30);
    vi.advanceTimersByTime(1000);
    expect(kept(ben)).toBe(-30);
    gesture.cancel();
    gesture.move(-9);
    gesture.release();
    for (const seat of [ana, ben]) {
      expect(kept(seat)).toBe(-2);
      expect(seat.desk.value(FADER).get()).toBe(-2);
    }
  });

  it('15: a hand on several controls is written on release alone, and all of them at once', () => {
    const { ana, ben } = two();
    ana.desk.set([FADER, -2]);
    const dragged = grabbed(ana, FADER, PAN);
    dragged.move(-30, 50);
    vi.advanceTimersByTime(1000);
    expect([kept(ben), kept(ben, PAN)]).toEqual([-2, undefined]);
    expect(ben.desk.value(FADER).get()).toBe(-30);
    dragged.release();
    expect([kept(ben), kept(ben, PAN)]).toEqual([-30, 50]);
    const cancelled = grabbed(ana, FADER, PAN);
    cancelled.move(-9, 9);
    vi.advanceTimersByTime(1000);
    cancelled.cancel();
    expect([kept(ben), kept(ben, PAN)]).toEqual([-30, 50]);
  });

  it('lets go when its page leaves, and after ten silent seconds', () => {
    const { ana, ben } = two();
    const gesture = grabbed(ana, FADER);
    gesture.move(-7);
    rooms.set(here.filter((person) => person.client !== ana.client));
    expect(ben.desk.value(FADER).get()).toBe(0);
    expect(ben.desk.grab([FADER]).ok).toBe(true);

    const silent = two();
    silent.ben.desk.takeHand(
      relayHand(77, new Uint8Array([0, 1, 16, ...new TextEncoder().encode('strip/kick/fader'), 0xc0, 0, 0, 0, 0, 0, 0, 0])),
    );
    expect(silent.ben.desk.value(FADER).get()).toBe(-2);
    expect(silent.ben.desk.grab([FADER]).ok).toBe(false);
    vi.advanceTimersByTime(11_000);
    expect(silent.ben.desk.value(FADER).get()).toBe(0);
    expect(silent.ben.desk.grab([FADER]).ok).toBe(true);
  });

  it('a hand that rests for a minute still has it', () => {
    const { ana, ben } = two();
    grabbed(ana, FADER).move(-4);
    vi.advanceTimersByTime(60_000);
    expect(ben.desk.hand(FADER).get()?.client).toBe(ana.client);
    expect(ben.desk.value(FADER).get()).toBe(-4);
  });

  it('does not jump back where the message of letting go overtakes the change', () => {
    const { ana, ben, hold, deliver } = two();
    const seen: number[] = [];
    const value = ben.desk.value(FADER);
    value.subscribe(() => seen.push(value.get()));
    hold();
    const gesture = grabbed(ana, FADER);
    gesture.move(-8);
    gesture.release();
    expect(value.get()).toBe(-8);
    expect(ben.desk.hand(FADER).get()).toBeNull();
    deliver();
    vi.advanceTimersByTime(5000);
    expect(seen).toEqual([-8]);
  });

  it('a moving hand stays heard over a mix that changes elsewhere', () => {
    const { ana, ben } = two();
    const gesture = grabbed(ana, FADER);
    gesture.move(-11);
    vi.advanceTimersByTime(50);
    ben.desk.set([PAN, 30]);
    expect(ana.heard).toContainEqual({ target: 'strip/kick/fader', value: -11, remote: false });
    expect(ben.heard).toContainEqual({ target: 'strip/kick/fader', value: -11, remote: true });
  });

  it('nonsense from the line moves nothing', () => {
    const { ben } = two();
    ben.desk.takeHand(new Uint8Array([103]));
    ben.desk.takeHand(new Uint8Array([103, 5, 3, 9, 9, 9]));
    const key = new TextEncoder().encode('strip/none/fader');
    ben.desk.takeHand(relayHand(9, new Uint8Array([0, 1, key.length, ...key, 0xc0, 0, 0, 0, 0, 0, 0, 0])));
    expect(ben.heard).toEqual([]);
  });
});
