import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SongClock } from './song-clock';

const LATENCY = 2400;

/** A desk that has played `played` frames from `start`, as the song's rules say. */
function deskAfter(start: number, played: number, loop: { from: number; until: number } | null) {
  const at = start + played;
  const turns = loop && start < loop.until && at >= loop.until;
  return { outputFrame: 10_000 + played, heard: turns ? loop.from + ((at - loop.from) % (loop.until - loop.from)) : at };
}

describe('the song clock', () => {
  it('tells what sounds at the speakers, behind the mix', () => {
    const desk = deskAfter(48_000, 9600, null);
    const clock = new SongClock(desk);
    clock.begin(48_000);
    expect(clock.frameAt(desk.outputFrame - LATENCY)).toBe(48_000 + 9600 - LATENCY);
  });

  it('stays at the start until the start is heard', () => {
    const desk = deskAfter(48_000, 960, null);
    const clock = new SongClock(desk);
    clock.begin(48_000);
    expect(clock.frameAt(desk.outputFrame - LATENCY)).toBe(48_000);
  });

  it('is null while nothing sounds', () => {
    expect(new SongClock({ outputFrame: 5, heard: null }).frameAt(5)).toBeNull();
  });

  it('follows every turn of a loop as it is heard', () => {
    const frames = fc.integer({ min: 0, max: 500_000 });
    fc.assert(
      fc.property(frames, frames, fc.integer({ min: 3000, max: 200_000 }), (start, from, length) => {
        const loop = { from, until: from + length };
        const state = deskAfter(start, 0, loop);
        const clock = new SongClock(state);
        clock.begin(start);
        clock.setLoop(loop);
        for (let played = 1000; played < 600_000; played += 1000) {
          Object.assign(state, deskAfter(start, played, loop));
          const heardThen = played < LATENCY ? start : deskAfter(start, played - LATENCY, loop).heard;
          expect(clock.frameAt(state.outputFrame - LATENCY)).toBe(heardThen);
        }
      }),
      { numRuns: 30, examples: [[1000, 0, 3000]] },
    );
  });
});
