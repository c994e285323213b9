import type { BrowserContext, Page } from '@playwright/test';

/** What went to a device from the first sound after silence on, and when that left the speakers (ms, `trueNow`). */
export interface Onset {
  readonly at: number;
  readonly sound: readonly number[];
}

interface Recorded {
  readonly from: number;
  readonly sound: Float32Array;
}

declare global {
  interface Window {
    /** Milliseconds of this machine's clock, however fast the page's own runs. */
    trueNow?: () => number;
    onset?: { silence(): Promise<void>; heard(): Promise<Onset> };
  }
}

/** Tells of silence, and gives what follows the first sample after it. */
const RECORDER = `registerProcessor('onset', class extends AudioWorkletProcessor {
  quiet = 0;
  waits = false;
  from = -1;
  kept = 0;
  sound = new Float32Array(12288);
  constructor() {
    super();
    this.port.onmessage = () => { this.waits = true; this.armed = false; };
  }
  process([input]) {
    const sound = input?.[0];
    if (this.kept > 0 && sound) {
      this.sound.set(sound, this.kept);
      this.kept += 128;
    } else if (this.waits && sound?.some((x) => Math.abs(x) >= 1e-5) && this.quiet > sampleRate / 4) {
      this.waits = false;
      this.from = currentFrame;
      this.sound.set(sound, 0);
      this.kept = 128;
    }
    if (this.kept === this.sound.length) {
      this.port.postMessage({ from: this.from, sound: this.sound });
      this.kept = 0;
    }
    this.quiet = !sound || sound.every((x) => Math.abs(x) < 1e-5) ? this.quiet + 128 : 0;
    if (this.waits && !this.armed && this.quiet > sampleRate / 4) {
      this.armed = true;
      this.port.postMessage('silent');
    }
    return true;
  }
});`;

/** Before any page opens: its clock runs fast by `drift` if asked, and what its desk gives to the device is listened to. */
export async function listenForOnsets(context: BrowserContext, drift = 0): Promise<void> {
  await context.addInitScript(
    ({ fast, recorder }) => {
      const now = performance.now.bind(performance);
      window.trueNow = () => performance.timeOrigin + now();
      if (fast !== 0) {
        performance.now = () => now() * (1 + fast);
        const timestamp = AudioContext.prototype.getOutputTimestamp;
        AudioContext.prototype.getOutputTimestamp = function read() {
          const { contextTime = 0, performanceTime = 0 } = timestamp.call(this);
          return { contextTime, performanceTime: performanceTime * (1 + fast) };
        };
      }
      const timestampOf = (audio: AudioContext) => {
        const { contextTime = 0, performanceTime = 0 } = audio.getOutputTimestamp();
        return performanceTime / (1 + fast) - contextTime * 1000;
      };
      const Node = window.AudioWorkletNode;
      window.AudioWorkletNode = class extends Node {
        constructor(base: BaseAudioContext, name: string, options?: AudioWorkletNodeOptions) {
          super(base, name, options);
          if (name !== 'desk' || !(base instanceof AudioContext)) return;
          const module = URL.createObjectURL(new Blob([recorder], { type: 'text/javascript' }));
          void base.audioWorklet.addModule(module).then(() => {
            const listener = new Node(base, 'onset', { numberOfOutputs: 0 });
            this.connect(listener);
            let silent = () => {};
            let heard = (_: Recorded) => {};
            let next = Promise.resolve<Recorded>({ from: 0, sound: new Float32Array() });
            listener.port.onmessage = ({ data }: MessageEvent<'silent' | Recorded>) => {
              if (data === 'silent') silent();
              else heard(data);
            };
            window.onset = {
              silence: () =>
                new Promise((resolve) => {
                  silent = resolve;
                  next = new Promise<Recorded>((found) => {
                    heard = found;
                  });
                  listener.port.postMessage('wait');
                }),
              heard: async () => {
                const { from, sound } = await next;
                const readings: number[] = [];
                while (readings.length < 41) {
                  await new Promise((soon) => setTimeout(soon, 10));
                  readings.push(timestampOf(base));
                }
                readings.sort((a, b) => a - b);
                return { at: performance.timeOrigin + (from / base.sampleRate) * 1000 + (readings[20] ?? Number.NaN), sound: [...sound] };
              },
            };
          });
        }
      };
    },
    { fast: drift, recorder: RECORDER },
  );
}

/** Waits until all of the pages are silent; from then on they wait for a sound. */
export async function silence(pages: readonly Page[]): Promise<void> {
  await Promise.all(pages.map((page) => page.waitForFunction(() => window.onset)));
  await Promise.all(pages.map((page) => page.evaluate(() => window.onset?.silence())));
}

/** The first sound after `silence`. */
export function onset(page: Page): Promise<Onset> {
  return page.evaluate(() => {
    if (!window.onset) throw new Error('nobody listens');
    return window.onset.heard();
  });
}

const COMPARED = 4800;

/** By how many milliseconds the same sample of the song left the speakers later on `b` than on `a`, whatever each began with. */
export function laterThan(a: Onset, b: Onset): number {
  const difference = (shift: number) => {
    let sum = 0;
    for (let n = 0; n < COMPARED; n += 3) {
      sum += ((a.sound[Math.max(0, shift) + n] ?? 0) - (b.sound[Math.max(0, -shift) + n] ?? 0)) ** 2;
    }
    return sum;
  };
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let shift = -COMPARED; shift <= COMPARED; shift++) {
    const now = difference(shift);
    if (now < least) [best, least] = [shift, now];
  }
  return b.at - a.at - best / 48;
}
