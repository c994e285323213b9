import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServerClock } from './server-clock';

const answer = (clock: ServerClock, sent: number, offset: number, delay = 2) =>
  clock.probe({ sent, received: sent + delay + offset, answered: sent + delay + offset, arrived: sent + 2 * delay });

const settled = (offset: number) => {
  const clock = new ServerClock();
  for (let index = 0; index < 40; index++) answer(clock, index * 24, offset, 10);
  return clock;
};

describe('server time', () => {
  it('is local time until the first probe is back', () => {
    const clock = new ServerClock();
    expect(clock.known).toBe(false);
    expect(clock.bound).toBeNull();
    expect(clock.toServer(5)).toBe(5);
  });

  it('rule 8: is right at once in the first burst', () => {
    const clock = new ServerClock();
    answer(clock, 0, 123_456);
    expect(clock.toServer(10)).toBeCloseTo(123_466, 6);
  });

  it('rule 9: follows a better estimate by five milliseconds in a second', () => {
    const clock = settled(1000);
    // A probe with one slow way and one fast one: the estimate moves to 1004 although nothing stepped.
    clock.probe({ sent: 1000, received: 2010, answered: 2010, arrived: 1012 });
    expect(clock.toServer(1012)).toBeCloseTo(2012, 6);
    expect(clock.toServer(1212)).toBeCloseTo(2213, 6);
    expect(clock.toServer(60_000)).toBeCloseTo(61_004, 6);
  });

  it('rule 9: never runs backwards, whatever the probes say, once it has settled', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 40, noNaN: true }), fc.double({ min: 0, max: 40, noNaN: true })), { maxLength: 40 }),
        (ways) => {
          const clock = settled(0);
          let last = clock.toServer(1000);
          for (const [index, [out, back]] of ways.entries()) {
            const sent = 1000 + index * 100;
            clock.probe({ sent, received: sent + out, answered: sent + out, arrived: sent + out + back });
            const now = clock.toServer(sent + 100);
            expect(now).toBeGreaterThan(last);
            last = now;
          }
        },
      ),
    );
  });

  it('rule 10: an offset that is known to be wrong is put right at once, a doubtful one is not', () => {
    const clock = new ServerClock();
    // A page that loads answers late: for long all probes seem to come back slowly.
    for (let index = 0; index < 60; index++) {
      clock.probe({ sent: index * 24, received: index * 24 + 10, answered: index * 24 + 10, arrived: index * 24 + 100 });
    }
    expect(clock.toServer(2000)).toBeCloseTo(2000 - 40, 6);
    answer(clock, 2000, 0, 5);
    expect(Math.abs(clock.toServer(2010) - 2010)).toBeLessThan(1);
  });

  it('rule 10: a clock that slept is put right at once', () => {
    const clock = settled(0);
    answer(clock, 2000, 3_600_000, 10);
    expect(clock.toServer(2020)).toBeCloseTo(3_602_020, 6);
  });

  it('rule 6: a restarted server with another time is believed from its first probe', () => {
    const clock = settled(50);
    answer(clock, 3000, -900, 1);
    expect(clock.toServer(3002)).toBeCloseTo(2102, 6);
  });

  it('there and back again is the same moment, also while slewing', () => {
    const clock = settled(1000);
    clock.probe({ sent: 1000, received: 2010, answered: 2010, arrived: 1012 });
    for (const local of [1012, 1500, 3000, 9000]) expect(clock.toLocal(clock.toServer(local))).toBeCloseTo(local, 4);
  });
});
