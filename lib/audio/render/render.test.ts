import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadDeskModule } from '../../desk/node';
import { memorySource, noise, pcmBytes, rememberingSink, silentMeter, wavFile } from '../../ingest/made-files';
import { ingest } from '../../ingest/pipeline';
import { INGEST_LIMITS } from '../../ingest/source';
import { SEGMENT_FRAMES, type StemManifest } from '../../media';
import { MASTER, type Mix, type Strip, sendId, type Values } from '../../mix';
import { createSegmentDecoder } from '../stems/decode';
import { SegmentFiles } from '../stems/segment-files';
import type { MixPart } from '../types';
import { MixRender, type RenderMeans } from './render-mix';
import { writeMixdown } from './write-mixdown';

const STEMS = join(process.cwd(), 'public/demo-song/stems');
const DEMO = [
  '01_Kick',
  '02_Snare_Top',
  '03_Snare_Bottom',
  '04_Hats_Cymbals',
  '05_Perc_Toms',
  '06_Bass',
  '07_EPiano',
  '08_Guitar',
  '09_Pad',
  '10_Lead',
  '11_Choir',
  '12_FX',
];
const needs = { limits: INGEST_LIMITS, createMeter: silentMeter };

/** Segments as a server would have them, by address. */
const files = new Map<string, Uint8Array>();

async function stemOf(id: string, file: Uint8Array, name: string): Promise<StemManifest> {
  const sink = rememberingSink();
  const { content } = await ingest(memorySource(file, name), sink, needs);
  for (const [segment, bytes] of sink.segments) files.set(`/media/${segment}`, bytes);
  return { ...content, stemId: id, segmentBase: '/media/', peaksUrl: '' };
}

async function means(): Promise<RenderMeans> {
  const fetchBytes = async (url: string) => {
    const bytes = files.get(url);
    if (!bytes) throw new Error(`There is no ${url}.`);
    return bytes;
  };
  return { module: await loadDeskModule(), files: new SegmentFiles(fetchBytes, 2 ** 24), decoder: await createSegmentDecoder() };
}

function mixOf(stems: Iterable<string>, master: Values = {}, values: Readonly<Record<string, Values>> = {}): Mix {
  const strip = (id: string, more: Partial<Strip>): Strip => ({
    ...{ id, kind: 'stem', name: id, color: 0, order: id, stem: id, output: MASTER, vcas: [], values: values[id] ?? {} },
    ...more,
  });
  const strips = [...stems].map((id) => strip(id, {}));
  const last = strip(MASTER, { kind: 'master', stem: null, output: null, values: { 'limiter.on': 0, ...master } });
  return {
    strips: new Map([...strips, last].map((one) => [one.id, one])),
    ...{ sends: new Map(), inserts: new Map(), markers: new Map(), presets: new Map(), automation: new Map() },
    settings: { tempo: 120, metre: [4, 4], key: '' },
  };
}

async function render(mix: Mix, stems: ReadonlyMap<string, StemManifest>, from: number, frames: number, part?: MixPart) {
  const left = new Float32Array(frames);
  const right = new Float32Array(frames);
  const made = new MixRender(await means(), { mix, stems, from, frames, ...(part && { part }) });
  let at = 0;
  for await (const piece of made.pieces()) {
    left.set(piece.left, at);
    right.set(piece.right, at);
    at += piece.left.length;
  }
  expect(at).toBe(frames);
  return { left, right, levels: made.levels() };
}

/** Mean power of both sides, dB. */
function power({ left, right }: { left: Float32Array; right: Float32Array }): number {
  let sum = 0;
  for (let n = 0; n < left.length; n++) sum += (left[n] ?? 0) ** 2 + (right[n] ?? 0) ** 2;
  return 10 * Math.log10(sum / (2 * left.length));
}

describe('a rendered mix of the demo song', () => {
  const demo = new Map<string, StemManifest>();
  const FRAMES = 4_224_000;

  beforeAll(async () => {
    for (const id of DEMO) demo.set(id, await stemOf(id, readFileSync(join(STEMS, `${id}.flac`)), `${id}.flac`));
  }, 120_000);

  it('with every fader at 0 dB is −16.8 LUFS and peaks at −0.9 dBTP', async () => {
    const { levels } = await render(mixOf(DEMO), demo, 0, FRAMES);
    expect(levels.integrated).toBeCloseTo(-16.8, 1);
    expect(Math.abs(levels.truePeak - -0.9)).toBeLessThanOrEqual(0.1);
  }, 60_000);

  it('changes its level by exactly what the fader says', async () => {
    const from = 40 * 48_000;
    const whole = power(await render(mixOf(DEMO), demo, from, 480_000));
    for (const fader of [-6, -20.5, 3]) {
      // Low enough that +3 dB stays below full scale.
      const lowered = power(await render(mixOf(DEMO, { trim: -6, fader }), demo, from, 480_000));
      expect(Math.abs(lowered - whole + 6 - fader)).toBeLessThanOrEqual(0.05);
    }
  }, 60_000);
});

describe('the parts of a mix', () => {
  it('with their effects add up to what goes into the master', async () => {
    const stems = new Map<string, StemManifest>();
    const format = { rate: 48_000, channels: 2, bits: 16 } as const;
    for (const [seed, id] of ['a', 'b', 'c'].entries()) {
      const quiet = noise(96_000, 2, 16 + seed).map((value) => value >> 6);
      stems.set(id, await stemOf(id, wavFile(pcmBytes(new Int32Array(quiet), format), format), `${id}.wav`));
    }
    const plain = mixOf(stems.keys(), {}, { a: { fader: -3 }, b: { pan: 40, 'solo.safe': 1 }, c: { mute: 1 } });
    const strip = (id: string, kind: 'group' | 'aux'): Strip => ({
      ...{ id, kind, name: id, color: 0, order: `z${id}`, stem: null, output: MASTER, vcas: [], values: {} },
    });
    const strips = new Map(plain.strips);
    strips.set('bus', strip('bus', 'group'));
    strips.set('room', strip('room', 'aux'));
    const a = strips.get('a');
    if (a) strips.set('a', { ...a, output: 'bus' });
    const sent = (from: string) => [sendId(from, 'room'), { id: sendId(from, 'room'), from, to: 'room', values: { level: -6 } }] as const;
    const mix: Mix = {
      ...plain,
      strips: new Map([...strips].sort(([one]) => (one === MASTER ? 1 : -1))),
      sends: new Map([sent('a'), sent('b')]),
      inserts: new Map([['verb', { id: 'verb', strip: 'room', type: 'reverb', order: 'a0', values: {} }]]),
    };
    const frames = 120_000;
    const whole = await render(mix, stems, 0, frames);
    const parts = await Promise.all(
      ['a', 'b', 'c'].map((one) => render(mix, stems, 0, frames, { strip: one, effects: true, master: false })),
    );
    let most = 0;
    for (let n = 0; n < frames; n++)
      most = Math.max(most, Math.abs((whole.left[n] ?? 0) - parts.reduce((sum, { left }) => sum + (left[n] ?? 0), 0)));
    expect(power(whole)).toBeGreaterThan(-60);
    expect(20 * Math.log10(most)).toBeLessThan(-120);
    const dry = await render(mix, stems, 0, frames, { strip: 'a', effects: false, master: false });
    expect(dry.left.subarray(100_000).every((sample) => sample === 0)).toBe(true);
    const [wet] = parts;
    expect(wet?.left.subarray(100_000).some((sample) => sample !== 0)).toBe(true);
  });
});

describe('the part of a strip whose compressor listens', () => {
  const duck = { 'comp.on': 1, 'comp.threshold': -50, 'comp.ratio': 20 };
  const stems = new Map<string, StemManifest>();

  beforeAll(async () => {
    const format = { rate: 48_000, channels: 2, bits: 16 } as const;
    for (const [seed, id] of ['a', 'b'].entries()) {
      const quiet = noise(96_000, 2, 16 + seed).map((value, n) => (id === 'a' || (n >> 14) % 2 ? value >> 5 : 0));
      stems.set(id, await stemOf(id, wavFile(pcmBytes(new Int32Array(quiet), format), format), `${id}.wav`));
    }
  });

  it.each(['group', 'aux'] as const)('to a strip of kind %s ducks as in the mix', async (kind) => {
    const plain = mixOf(['a', 'b'], {}, { a: duck });
    const [a, b] = [plain.strips.get('a') as Strip, plain.strips.get('b') as Strip];
    const key: Strip = { ...b, id: 'g', name: 'g', kind, stem: null, values: {} };
    const room: Strip = { ...key, id: 'r', name: 'r', kind: 'aux' };
    const fed = kind === 'aux' ? b : { ...b, output: 'g' };
    const sent = (from: string, to: string) => [sendId(from, to), { id: sendId(from, to), from, to, values: { level: -6 } }] as const;
    const mix: Mix = {
      ...plain,
      strips: new Map([{ ...a, key: 'g' }, fed, key, room, plain.strips.get(MASTER) as Strip].map((one) => [one.id, one])),
      sends: new Map([sent('a', 'r'), sent('b', 'r'), ...(kind === 'aux' ? [sent('b', 'g')] : [])]),
    };
    const whole = await render(mix, stems, 0, 96_000);
    const part = (strip: string, effects = true) => render(mix, stems, 0, 96_000, { strip, effects, master: false });
    const parts = [await part('a'), await part('b')];
    let most = 0;
    for (let n = 0; n < 96_000; n++)
      most = Math.max(most, Math.abs((whole.left[n] ?? 0) - parts.reduce((sum, { left }) => sum + (left[n] ?? 0), 0)));
    expect(20 * Math.log10(most)).toBeLessThan(-120);
    expect(power(whole)).toBeGreaterThan(-60);
    // Without what it sends it is as much quieter as its send is.
    const [wet] = parts;
    expect((wet ? power(wet) : 0) - power(await part('a', false))).toBeCloseTo(20 * Math.log10(1 + 10 ** (-6 / 20)), 3);
  });
});

describe('a rendered stem', () => {
  const LENGTH = 2 * SEGMENT_FRAMES + 12_345;
  const samples = noise(LENGTH, 2, 16).map((value) => value >> 4);
  const stems = new Map<string, StemManifest>();

  beforeAll(async () => {
    const format = { rate: 48_000, channels: 2, bits: 16 } as const;
    stems.set('noise', await stemOf('noise', wavFile(pcmBytes(new Int32Array(samples), format), format), 'noise.wav'));
  });

  it.each([0, 1, 127, 191_999, 192_000, 191_873, 383_990])(
    'from segments equals the whole, sample by sample, started at frame %i',
    async (from) => {
      const frames = Math.min(SEGMENT_FRAMES + 4000, LENGTH - from);
      const { left, right } = await render(mixOf(['noise']), stems, from, frames);
      const whole = (side: number) => Float32Array.from({ length: frames }, (_, n) => (samples[2 * (from + n) + side] ?? 0) / 32_768);
      expect(Buffer.compare(Buffer.from(left.buffer), Buffer.from(whole(0).buffer))).toBe(0);
      expect(Buffer.compare(Buffer.from(right.buffer), Buffer.from(whole(1).buffer))).toBe(0);
    },
  );

  it('is silent after its end', async () => {
    const { left } = await render(mixOf(['noise']), stems, LENGTH, 4800);
    expect(left.every((sample) => sample === 0)).toBe(true);
  });

  it('that is damaged stops the mixdown with a sentence', async () => {
    const manifest = stems.get('noise');
    if (!manifest) throw new Error('The stem is missing.');
    files.set('/media/broken', new Uint8Array(1000));
    const broken = new Map([['noise', { ...manifest, segments: ['broken'] }]]);
    await expect(render(mixOf(['noise']), broken, 0, 4800)).rejects.toThrow(/damaged piece/);
  });

  it('becomes a WAV file of the asked length', async () => {
    const pieces: Uint8Array[] = [];
    let last = 0;
    const request = { mix: mixOf(['noise']), stems, from: 100, frames: 123_456 };
    const order = { request, format: { as: 'wav', bits: 24, dither: false } } as const;
    const progress = (done: number) => {
      expect(done).toBeGreaterThanOrEqual(last);
      last = done;
    };
    await writeMixdown(await means(), order, (bytes) => void pieces.push(bytes), progress);
    expect(last).toBe(1);
    const file = Buffer.concat(pieces);
    expect(file.length).toBe(file.indexOf('data') + 8 + 123_456 * 6);
    expect(file.readIntLE(file.indexOf('data') + 8, 3)).toBe((samples[200] ?? 0) * 256);
  });

  it('is brought to the loudness that is wanted, or as far as its peaks allow', async () => {
    const pieces: Uint8Array[] = [];
    const request = { mix: mixOf(['noise'], { trim: -20 }), stems, from: 0, frames: 240_000 };
    const wanted = { to: 'loudness', target: -23, ceiling: -1 } as const;
    const order = { request, format: { as: 'wav', bits: 32 }, normalise: wanted } as const;
    const { integrated, gain } = await writeMixdown(
      await means(),
      order,
      (bytes) => void pieces.push(bytes),
      () => {},
    );
    expect(integrated).toBeCloseTo(-23, 5);
    const file = Buffer.concat(pieces);
    const first = file.readFloatLE(file.indexOf('data') + 8);
    expect(first).toBeCloseTo(((samples[0] ?? 0) / 32_768) * 10 ** ((gain - 20) / 20), 6);
    const loud = await writeMixdown(
      await means(),
      { ...order, normalise: { ...wanted, target: 0 } },
      () => {},
      () => {},
    );
    expect(loud.truePeak).toBeCloseTo(-1, 5);
  });
});
