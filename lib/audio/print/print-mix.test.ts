import { beforeAll, describe, expect, it } from 'vitest';
import { loadDeskModule } from '../../desk/node';
import { memorySource, noise, pcmBytes, rememberingSink, silentMeter, wavFile } from '../../ingest/made-files';
import { ingest } from '../../ingest/pipeline';
import { INGEST_LIMITS } from '../../ingest/source';
import type { StemManifest } from '../../media';
import { MASTER, type Mix, type Strip, type Values } from '../../mix';
import { createSegmentDecoder } from '../stems/decode';
import { SegmentFiles } from '../stems/segment-files';
import { printOf } from './print-mix';

const files = new Map<string, Uint8Array>();
const stems = new Map<string, StemManifest>();

function mixOf(values: Readonly<Record<string, Values>> = {}, newestFirst = false): Mix {
  const strip = (id: string, more: Partial<Strip> = {}): Strip => ({
    ...{ id, kind: 'stem', name: id, color: 0, order: id, stem: id, output: MASTER, vcas: [], values: values[id] ?? {} },
    ...more,
  });
  const strips = [strip('low'), strip('high'), strip('hall', { kind: 'aux', stem: null })];
  if (newestFirst) strips.reverse();
  strips.push(strip(MASTER, { kind: 'master', stem: null, output: null }));
  return {
    strips: new Map(strips.map((one) => [one.id, one])),
    sends: new Map([['high>hall', { id: 'high>hall', from: 'high', to: 'hall', values: { level: -6 } }]]),
    inserts: new Map([['room', { id: 'room', strip: 'hall', type: 'reverb', order: 'a0', values: {} }]]),
    ...{ markers: new Map(), presets: new Map(), automation: new Map() },
    settings: { tempo: 120, metre: [4, 4], key: '' },
  };
}

async function print(mix: Mix, seed = 0, served: ReadonlyMap<string, Uint8Array> = files): Promise<string> {
  const fetchBytes = async (url: string) => served.get(url) ?? Promise.reject(new Error(`There is no ${url}.`));
  const means = { module: await loadDeskModule(), files: new SegmentFiles(fetchBytes, 0), decoder: await createSegmentDecoder() };
  return printOf(means, { mix, stems, seed });
}

describe('a print', () => {
  beforeAll(async () => {
    const format = { channels: 2, bits: 16, rate: 48_000 } as const;
    for (const [at, id] of ['low', 'high', 'unused'].entries()) {
      const sink = rememberingSink();
      const samples = noise(400_000, 2, 16, at + 1).map((value) => value >> 3);
      const file = wavFile(pcmBytes(samples, format), format);
      const { content } = await ingest(memorySource(file, `${id}.wav`), sink, {
        limits: INGEST_LIMITS,
        createMeter: silentMeter,
      });
      for (const [segment, bytes] of sink.segments) files.set(`/${segment}`, bytes);
      stems.set(id, { ...content, stemId: id, segmentBase: '/', peaksUrl: '' });
    }
  });

  it('is equal for two renders of the same mix, however its records came to be in order', async () => {
    const one = await print(mixOf());
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(await print(mixOf())).toBe(one);
    expect(await print(mixOf({}, true))).toBe(one);
  });

  it('is another one for another mix, and at another place', async () => {
    const prints = await Promise.all([
      print(mixOf()),
      print(mixOf({ low: { fader: -0.1 } })),
      print(mixOf({ hall: { mute: 1 } })),
      print(mixOf(), 1),
    ]);
    expect(new Set(prints).size).toBe(4);
  });

  it('is another one where a stem has other samples', async () => {
    const [here, there] = [stems.get('low'), stems.get('high')].map((stem) => `/${stem?.segments[0]}`);
    const swapped = new Map([...files, [here ?? '', files.get(there ?? '') ?? new Uint8Array()]]);
    expect(await print(mixOf(), 0, swapped)).not.toBe(await print(mixOf()));
  });

  it('does not come to be where a stem is damaged', async () => {
    const broken = new Map([...files, [`/${stems.get('low')?.segments[0]}`, new Uint8Array(100)]]);
    await expect(print(mixOf(), 0, broken)).rejects.toThrow('damaged');
  });
});
