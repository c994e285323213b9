import { describe, expect, it, vi } from 'vitest';
import { addPoint, laneValue, MOST_POINTS, rowOf } from '../../mix';
import { FADER, grabbed, kept, type Seat, two } from './table.fixture';

describe('automation', () => {
  const lane = (seat: Seat) => seat.desk.mix.get().automation.get('strip/kick/fader');
  const draw = (seat: Seat, ...points: readonly (readonly [number, number])[]) => {
    for (const [at, value] of points) seat.desk.apply(addPoint(seat.desk.mix.get(), FADER, { at, value, curve: 'linear' }));
  };
  /** The song plays on by so many seconds, with the page's timers. */
  const play = (seat: Seat, seconds: number, each: (at: number) => void = () => {}) => {
    for (let step = 0; step < seconds * 20; step++) {
      seat.song.at += 0.05;
      each(seat.song.at);
      vi.advanceTimersByTime(50);
    }
  };
  const laneAt = (seat: Seat, at: number) => {
    const row = rowOf(seat.desk.mix.get(), FADER);
    return row && laneValue(row, lane(seat)?.points ?? [], at);
  };

  it('a control shows where its lane has it; a hand overrides it and leaves nothing behind', () => {
    const { ana, ben } = two();
    draw(ana, [0, -20], [10, 0]);
    ana.song.at = 5;
    vi.advanceTimersByTime(200);
    expect(ana.desk.value(FADER).get()).toBeCloseTo(-10, 6);
    const gesture = grabbed(ana, FADER);
    gesture.move(-3);
    vi.advanceTimersByTime(500);
    expect(ben.desk.value(FADER).get()).toBe(-3);
    gesture.release();
    expect(ana.letGo).toContain('strip/kick/fader');
    expect(ana.desk.value(FADER).get()).toBeCloseTo(-10, 6);
    expect(kept(ana)).toBeUndefined();
    expect(ana.desk.set([FADER, -1]).ok).toBe(false);
  });

  it('touch writes while the hand is on the control, in one change, thinned, that one step takes back', () => {
    const { ana, ben } = two();
    ana.desk.setWritingMode('kick', 'touch');
    ana.song.playing.set(true);
    play(ana, 1);
    const before = ana.updates();
    const gesture = grabbed(ana, FADER);
    play(ana, 4, (at) => gesture.move(-2 * at));
    gesture.release();
    expect(ana.updates()).toBe(before + 1);
    expect(lane(ben)?.points.length).toBeLessThan(8);
    expect(laneAt(ben, 3)).toBeCloseTo(-6, 0);
    expect(laneAt(ben, 0.5)).toBe(0);
    expect(laneAt(ben, 6)).toBe(0);
    ana.desk.undo();
    expect(lane(ben)?.points ?? []).toEqual([]);
    expect(kept(ana)).toBeUndefined();
  });

  it('a hand that rested is a flat line, not a slope', () => {
    const { ana } = two();
    ana.desk.setWritingMode('kick', 'touch');
    ana.song.playing.set(true);
    const gesture = grabbed(ana, FADER);
    gesture.move(-6);
    play(ana, 3);
    gesture.move(-20);
    play(ana, 1);
    gesture.release();
    expect(laneAt(ana, 2.5)).toBe(-6);
    expect(laneAt(ana, 3.5)).toBe(-20);
  });

  it('latch stays where the hand left it until the song stops, and shows it to the others so long', () => {
    const { ana, ben } = two();
    ana.desk.setWritingMode('kick', 'latch');
    ana.song.playing.set(true);
    play(ana, 1);
    const gesture = grabbed(ana, FADER);
    gesture.move(-9);
    gesture.release();
    play(ana, 5);
    expect(ana.desk.value(FADER).get()).toBe(-9);
    expect(ben.desk.hand(FADER).get()?.user.name).toBe('Ana');
    expect(lane(ana)).toBeUndefined();
    ana.song.playing.set(false);
    expect(laneAt(ana, 5)).toBe(-9);
    expect(ben.desk.hand(FADER).get()).toBeNull();
  });

  it('write overwrites the lanes of its strip from the start of the song’s playing on', () => {
    const { ana } = two();
    draw(ana, [0, -20], [2, 0], [4, -20]);
    ana.desk.setWritingMode('kick', 'write');
    ana.song.playing.set(true);
    play(ana, 3);
    ana.song.playing.set(false);
    expect(laneAt(ana, 2)).toBe(-20);
    expect(laneAt(ana, 3.5)).toBeCloseTo(-15, 1);
  });

  it('a loop ends the pass and begins another', () => {
    const { ana } = two();
    ana.desk.setWritingMode('kick', 'latch');
    ana.song.playing.set(true);
    ana.song.at = 4;
    const gesture = grabbed(ana, FADER);
    gesture.move(-5);
    play(ana, 1);
    ana.song.at = 2;
    play(ana, 1);
    gesture.move(-8);
    play(ana, 0.5);
    ana.song.playing.set(false);
    expect([2.5, 4.5].map((at) => laneAt(ana, at))).toEqual([-5, -5]);
    expect(laneAt(ana, 3.3)).toBe(-8);
  });

  it('a short way that the song was sent ahead was not played, and keeps what it had', () => {
    const { ana } = two();
    draw(ana, [0, -20], [2, -20], [2.5, 0], [3, -20], [9, -20]);
    ana.desk.setWritingMode('kick', 'touch');
    ana.song.playing.set(true);
    const gesture = grabbed(ana, FADER);
    gesture.move(-6);
    play(ana, 2);
    ana.song.at = 3;
    play(ana, 1);
    gesture.release();
    expect([1, 3.5].map((at) => laneAt(ana, at))).toEqual([-6, -6]);
    expect(laneAt(ana, 2.5)).toBe(0);
  });

  it('a pass that finds no room is told of, with the limit', () => {
    const { ana } = two();
    const steps = Object.fromEntries(Array.from({ length: MOST_POINTS }, (_, n) => [`p${n}`, `${n + 100} ${-60 * (n % 2)} h`]));
    ana.desk.apply([{ do: 'put', map: 'automation', id: 'strip/kick/fader', fields: steps }]);
    ana.desk.setWritingMode('kick', 'touch');
    ana.song.playing.set(true);
    for (const times of [1, 2]) {
      const before = ana.desk.notice.get();
      const gesture = grabbed(ana, FADER);
      play(ana, 1, (at) => gesture.move(-at * times));
      gesture.release();
      expect(ana.desk.notice.get()?.text).toContain(`may have ${MOST_POINTS}`);
      expect(ana.desk.notice.get()).not.toBe(before);
    }
    expect(lane(ana)?.points.length).toBe(MOST_POINTS);
  });
});
