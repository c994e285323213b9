import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDeskMemory, type Desk, instantiateDesk } from '../../desk';
import { loadDeskModule } from '../../desk/node';
import { Scope } from '../../std';
import { DeskLine } from '../driver/line';
import { ContextClock } from './context-clock';
import { DeskPlayer } from './player';

/** Milliseconds from a sample's leaving the desk to its leaving the speakers. */
const DEVICE_MS = 40;
const OFFSET = 12_800;

/** A desk, a player, and a device that plays in real time: the page's clock moves with the rendered frames. */
async function machine() {
  const desk: Desk = instantiateDesk(await loadDeskModule(), createDeskMemory());
  let now = 1000;
  const clock = new ContextClock();
  const looked: number[] = [];
  const scope = new Scope();
  const filler = { at: (frame: number) => looked.push(frame), loop: () => {}, holds: (frame: number) => frame < 480_000 };
  const player = new DeskPlayer(filler, scope, () => now);
  let awake = true;
  const line = new DeskLine(desk, () => awake);
  const begun = now - (OFFSET / 48_000) * 1000;
  clock.add({ context: 0, at: begun + DEVICE_MS });
  return {
    desk,
    player,
    looked,
    now: () => now,
    scope,
    connect: () => player.connect({ line, clock, offset: OFFSET }),
    sleep() {
      awake = false;
    },
    wake() {
      awake = true;
      player.restate();
    },
    run(ms: number) {
      for (const end = now + ms; now < end; now += 128 / 48) desk.process();
    },
  };
}

describe('the player', () => {
  let here: Awaited<ReturnType<typeof machine>>;
  beforeEach(async () => {
    vi.useFakeTimers();
    here = await machine();
  });
  afterEach(() => {
    here.scope.close();
    vi.useRealTimers();
  });

  it('plays so that the position leaves the speakers at the asked moment', () => {
    here.connect();
    const at = here.now() + 300;
    here.player.play(20, at);
    here.run(1000);
    expect(here.player.position()).toBeCloseTo(20 + (here.now() - at) / 1000, 4);
    expect(here.player.follow(20 + (here.now() - at) / 1000, here.now())).toBeCloseTo(0, 1);
  });

  it.each([200, -30])('plays so much earlier as the device says too little: %i ms', (nudge) => {
    here.player.setNudge(nudge);
    here.connect();
    const at = here.now() + 500;
    here.player.play(20, at);
    here.run(1000);
    expect(here.player.position()).toBeCloseTo(20 + (here.now() - at) / 1000, 4);
    // Without the nudge the same sound would be taken to be as much further on.
    here.player.setNudge(0);
    expect(here.player.position()).toBeCloseTo(20 + (here.now() - at + nudge) / 1000, 4);
  });

  it('a start that a late device leaves no time for begins where the song will be', () => {
    here.player.setNudge(400);
    here.connect();
    const at = here.now() + 100;
    here.player.play(20, at);
    here.run(1500);
    expect(here.player.position()).toBeCloseTo(20 + (here.now() - at) / 1000, 4);
  });

  it('stands at the start until the start is heard', () => {
    here.connect();
    here.player.play(20, here.now() + 300);
    here.run(200);
    expect(here.player.position()).toBe(20);
  });

  it('joins late where the song is by now', () => {
    here.connect();
    const at = here.now() - 5000;
    here.player.play(20, at);
    here.run(500);
    expect(here.player.position()).toBeCloseTo(20 + (here.now() - at) / 1000, 4);
  });

  it('joins a loop late inside of the loop', () => {
    here.connect();
    here.player.setLoop({ from: 20, until: 22 });
    const at = here.now() - 5000;
    here.player.play(20, at);
    here.run(500);
    expect(here.player.position()).toBeCloseTo(20 + (((here.now() - at) / 1000) % 2), 4);
  });

  it('does what was asked before the sound had started', () => {
    const at = here.now() + 100;
    here.player.play(7, at);
    expect(here.player.playing.get()).toBe(true);
    expect(here.player.position()).toBe(7);
    here.connect();
    here.run(600);
    expect(here.player.position()).toBeCloseTo(7 + (here.now() - at) / 1000, 4);
  });

  it('leaves errors within 2 ms alone and jumps over great ones once', () => {
    here.connect();
    const at = here.now() + 100;
    here.player.play(20, at);
    here.run(1500);
    const follow = (ms: number) => here.player.follow(20 + (here.now() - at + ms) / 1000, here.now());
    expect(follow(1.9)).toBeCloseTo(1.9, 1);
    here.run(200);
    expect(follow(1.9)).toBeCloseTo(1.9, 1);
    expect(follow(25)).toBeCloseTo(25, 1);
    expect(here.player.corrections.get()).toBe(1);
    here.run(200);
    expect(follow(25)).toBeCloseTo(0, 1);
    expect(here.player.corrections.get()).toBe(1);
  });

  it('is ready at rest when what sounds there has arrived', () => {
    here.connect();
    vi.advanceTimersByTime(50);
    expect(here.player.ready.get()).toBe(true);
    here.player.seek(11);
    vi.advanceTimersByTime(50);
    expect(here.player.ready.get()).toBe(false);
  });

  it('is ready before the first gesture when what sounds at the playhead has arrived', () => {
    vi.advanceTimersByTime(50);
    expect(here.player.ready.get()).toBe(true);
    here.player.seek(11);
    vi.advanceTimersByTime(50);
    expect(here.player.ready.get()).toBe(false);
  });

  it('stops on waking what was stopped while the desk slept', () => {
    here.connect();
    here.player.play(20);
    here.run(500);
    here.sleep();
    here.player.stop(7);
    here.wake();
    here.run(100);
    expect(here.desk.playing).toBe(false);
    expect(here.player.position()).toBe(7);
  });

  it('plays on waking what was played, sought and looped while the desk slept, and nothing of it before', () => {
    here.connect();
    here.sleep();
    here.player.setLoop({ from: 30, until: 30.5 });
    here.player.play(20);
    here.player.seek(30);
    here.run(100);
    expect(here.desk.playing).toBe(false);
    here.wake();
    here.run(1200);
    expect(here.desk.playing).toBe(true);
    const position = here.player.position();
    expect(position).toBeGreaterThan(30);
    expect(position).toBeLessThan(30.5);
  });

  it('can be used for as long as one likes while the desk sleeps', () => {
    here.connect();
    here.sleep();
    for (let press = 0; press < 5000; press++) {
      here.player.play(press);
      here.player.setLoop({ from: press, until: press + 1 });
      here.player.stop();
    }
    here.wake();
    here.run(50);
    expect(here.desk.playing).toBe(false);
  });

  /** Plays for some time and follows a clock that is so many milliseconds ahead. */
  function following() {
    here.connect();
    const at = here.now() + 100;
    here.player.play(20, at);
    here.run(1500);
    return (ms: number) => here.player.follow(20 + (here.now() - at + ms) / 1000, here.now());
  }

  it('believes a small error only when it shows twice, and slews it away without a jump', () => {
    const follow = following();
    for (const ms of [8, 0, 8]) {
      expect(follow(ms)).toBeCloseTo(ms, 1);
      here.run(500);
      expect(here.desk.slewing).toBe(0);
    }
    expect(follow(8)).toBeCloseTo(8, 1);
    here.run(1);
    expect(here.desk.slewing).toBeCloseTo(384, 0);
    // What is under way already is not asked for again.
    here.run(10_000);
    const left = (here.desk.slewing / 48_000) * 1000;
    expect(left).toBeLessThan(5.2);
    expect(follow(8)).toBeCloseTo(left, 1);
    here.run(25_000);
    expect(here.desk.slewing).toBe(0);
    expect(follow(8)).toBeCloseTo(0, 1);
    expect(here.player.corrections.get()).toBe(0);
  });

  it('a slew that would lead too far is taken back', () => {
    const follow = following();
    for (const ms of [8, 8]) follow(ms);
    here.run(10_000);
    for (const _ of [1, 2]) follow(0);
    here.run(30_000);
    expect(follow(0)).toBeCloseTo(0, 1);
  });

  it('a device that runs 100 millionths fast stays within 3 ms, without a jump', () => {
    const follow = following();
    let worst = 0;
    for (let second = 0; second < 120; second += 2) {
      here.run(2000);
      // Against a device that is fast the common clock falls behind.
      worst = Math.max(worst, Math.abs(follow(-(second + 2) * 0.1)));
    }
    console.log(
      `a device 100 millionths fast: at most ${worst.toFixed(2)} ms off within two minutes, ${here.player.corrections.get()} jumps`,
    );
    expect(worst).toBeLessThan(3);
    expect(here.player.corrections.get()).toBe(0);
  });

  it('measures an error across the end of a loop the short way', () => {
    here.connect();
    here.player.setLoop({ from: 20, until: 22 });
    here.player.play(20, here.now() + 100);
    here.run(2180);
    const position = here.player.position();
    expect(position).toBeGreaterThan(20);
    expect(position).toBeLessThan(20.2);
    expect(here.player.follow(21.99, here.now())).toBeCloseTo((21.99 - 22 - (position - 20)) * 1000, 1);
  });

  it('rests where it was stopped, or where it was told', () => {
    here.connect();
    here.player.play(20);
    here.run(500);
    here.player.stop();
    const rest = here.player.position();
    here.run(500);
    expect(here.player.position()).toBe(rest);
    here.player.seek(3);
    expect(here.player.position()).toBe(3);
    expect(here.looked.at(-1)).toBe(3 * 48_000);
    here.player.stop(4);
    expect(here.player.position()).toBe(4);
  });
});
