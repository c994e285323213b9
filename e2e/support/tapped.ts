import { type BrowserContext, expect, type Page } from '@playwright/test';

declare global {
  interface Window {
    /** What the tests hear of a page. */
    tapped?: {
      /** What goes to the device, after everything. */
      output: AnalyserNode | null;
      /** What arrives of others' voices. */
      voices: AnalyserNode[];
    };
  }
}

/** Before any page of it opens: keeps hold of the desk's node and of what other pages send, so that a test hears them as they are. */
export async function tap(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const tapped: NonNullable<Window['tapped']> = { output: null, voices: [] };
    window.tapped = tapped;
    const Node = window.AudioWorkletNode;
    window.AudioWorkletNode = class extends Node {
      constructor(base: BaseAudioContext, name: string, options?: AudioWorkletNodeOptions) {
        super(base, name, options);
        tapped.output = new AnalyserNode(base, { fftSize: 4096 });
        this.connect(tapped.output);
      }
    };
    const Connection = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Connection {
      constructor(options?: RTCConfiguration) {
        super(options);
        this.addEventListener('track', ({ track }) => {
          const hears = new AudioContext();
          const analyser = new AnalyserNode(hears, { fftSize: 4096 });
          new MediaStreamAudioSourceNode(hears, { mediaStream: new MediaStream([track]) }).connect(analyser);
          tapped.voices.push(analyser);
        });
      }
    };
  });
}

/** Level of the last 85 ms of what goes to the device, dBFS. */
export function outputLevel(page: Page): Promise<number> {
  return page.evaluate(() => {
    const analyser = window.tapped?.output;
    if (!analyser) return Number.NaN;
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    return 10 * Math.log10(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
  });
}

/** The level of a held tone, once it is held: starts, joins and gaps of a loaded machine are no level. */
export async function heldLevel(page: Page): Promise<number> {
  let level = Number.NaN;
  const moved = async () => {
    const before = level;
    level = await outputLevel(page);
    return Math.abs(level - before);
  };
  await expect.poll(moved, { intervals: [200] }).toBeLessThan(0.01);
  return level;
}

/** The loudest of what arrives from others within `ms`, dBFS. */
export function loudestVoice(page: Page, ms: number): Promise<number> {
  return page.evaluate(async (length) => {
    let peak = 0;
    const end = performance.now() + length;
    while (performance.now() < end) {
      for (const analyser of window.tapped?.voices ?? []) {
        const samples = new Float32Array(analyser.fftSize);
        analyser.getFloatTimeDomainData(samples);
        for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
      }
      await new Promise((later) => setTimeout(later, 40));
    }
    return 20 * Math.log10(peak);
  }, ms);
}
