import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDeskMemory, instantiateDesk } from '../../desk';
import { loadDeskModule } from '../../desk/node';
import { simpleConsole, sine } from '../../desk/rig';
import { SEGMENT_FRAMES, type StemManifest } from '../../media';
import { DeskSlots } from './desk-slots';
import { Filler } from './filler';
import { Playhead } from './playhead';
import { SegmentFiles } from './segment-files';
import { StemMemory } from './stem-memory';

const HERTZ = 150;
const LEVEL = 0.3;
/** The greatest step of a whole tone from one sample to the next; a fade of 10 ms adds a sample's share of its level. */
const STEP = LEVEL * ((2 * Math.PI * HERTZ) / 48_000 + 1 / 480);
const BLOCK_MS = 128 / 48;
const SEGMENTS = 20;
/** Every other stem is silent from here on, without a file. */
const SILENT_FROM = 12;

const stem = (stemId: string, silent: boolean): StemManifest => ({
  ...{ stemId, segmentBase: '/', peaksUrl: '', frames: SEGMENTS * SEGMENT_FRAMES, channels: 1, bits: 16, gain: 1 },
  ...{ loudness: null, segmentLoudness: [], truePeak: null },
  segments: Array.from({ length: SEGMENTS }, (_, n) => (silent && n >= SILENT_FROM ? null : `${n}`)),
});

/** A desk that plays two stems of one tone, filled as the decode worker does it, in a time of its own. */
async function machine() {
  const module = await loadDeskModule();
  const desk = instantiateDesk(module, createDeskMemory());
  const memory = new StemMemory(desk);
  memory.set(new Map([stem('a', false), stem('b', true)].map((one) => [one.stemId, one])));
  desk.write(simpleConsole(memory.places.map(({ source }) => source)));
  const decoded = { channels: [sine(HERTZ, SEGMENT_FRAMES, LEVEL / 2)], bits: 16 };
  const files = new SegmentFiles(async () => new Uint8Array(1), 1000);
  const filler = new Filler(files, { decode: async () => decoded }, () => {});
  const playhead = new Playhead(desk);
  filler.setSources(new Map(memory.places.map((place) => [place.stem, { slots: new DeskSlots(desk, place, true), files: place.files }])));
  const heard: number[] = [];
  const look = () => filler.look(playhead.at(performance.now()), null);
  /** The device takes `blocks` at a time. */
  const run = async (ms: number, blocks: number) => {
    for (let passed = 0; passed < ms; passed += blocks * BLOCK_MS) {
      for (let n = 0; n < blocks; n++) {
        desk.process();
        heard.push(...desk.mix(0));
      }
      await vi.advanceTimersByTimeAsync(blocks * BLOCK_MS);
      look();
    }
  };
  return {
    ...{ desk, heard, run },
    /** The page tells the worker where the playhead is about to be, and the worker looks at once. */
    tell(frame: number) {
      playhead.tell(frame, performance.now());
      look();
    },
  };
}

const steepest = (signal: readonly number[]) => Math.max(...signal.slice(1).map((now, n) => Math.abs(now - (signal[n] ?? 0))));

describe('the place that sounds', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  // A device takes one block at a time, or many at once, so that an order waits for it.
  it.each([1, 3, 16])(
    'fades out whole where the playhead goes far away or rests elsewhere, the device taking %i blocks',
    async (blocks) => {
      const { desk, heard, run, tell } = await machine();
      tell(0);
      await run(100, blocks);
      desk.write([{ do: 'start', position: 0 }]);
      await run(300, blocks);
      for (const [operation, frame] of [
        [{ do: 'seek', position: 15 * SEGMENT_FRAMES }, 15 * SEGMENT_FRAMES],
        [{ do: 'seek', position: 5 * SEGMENT_FRAMES - 1000 }, 5 * SEGMENT_FRAMES - 1000],
        [{ do: 'seek', position: 10 * SEGMENT_FRAMES }, 10 * SEGMENT_FRAMES],
        [{ do: 'stop' }, 2 * SEGMENT_FRAMES],
      ] as const) {
        desk.write([operation]);
        tell(frame);
        await run(400, blocks);
        expect(desk.playing).toBe(operation.do !== 'stop');
        expect(desk.waiting).toBe(false);
      }
      const found = steepest(heard.slice(4800));
      console.log(`blocks of ${128 * blocks}: the steepest step is ${found.toFixed(4)}, that of a whole fade ${STEP.toFixed(4)}`);
      expect(found).toBeLessThanOrEqual(STEP);
    },
  );

  it('is left alone by what is told before the desk hears of it, for as long as that takes', async () => {
    const { desk, heard, run, tell } = await machine();
    tell(0);
    await run(100, 1);
    desk.write([{ do: 'start', position: 0 }]);
    await run(300, 1);
    tell(15 * SEGMENT_FRAMES);
    await run(100, 1);
    expect(desk.waiting).toBe(false);
    desk.write([{ do: 'seek', position: 15 * SEGMENT_FRAMES }]);
    await run(400, 1);
    expect(desk.waiting).toBe(false);
    expect(steepest(heard.slice(4800))).toBeLessThanOrEqual(STEP);
  });
});
