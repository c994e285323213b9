import { writeFileSync } from 'node:fs';
import { writeMixdown } from '../../lib/audio/render/write-mixdown';
import { createSegmentDecoder } from '../../lib/audio/stems/decode';
import { SegmentFiles } from '../../lib/audio/stems/segment-files';
import { loadDeskModule } from '../../lib/desk/node';
import { memorySource, noise, pcmBytes, rememberingSink, silentMeter, wavFile } from '../../lib/ingest/made-files';
import { ingest } from '../../lib/ingest/pipeline';
import { INGEST_LIMITS } from '../../lib/ingest/source';
import type { StemManifest } from '../../lib/media';
import { SAMPLE_RATE } from '../../lib/units';
import type { Figure } from './figure';
import { fullMix } from './full-mix';

const STRIPS = 32;
const SECONDS = Number(process.env['EXPORT_SECONDS'] ?? 30);
const GOAL = 8;

/** Segments of a stereo stem of noise, as the service would have them. */
async function segmentsOfNoise(): Promise<{ manifest: Omit<StemManifest, 'stemId'>; files: ReadonlyMap<string, Uint8Array> }> {
  const format = { rate: SAMPLE_RATE, channels: 2, bits: 16 } as const;
  const samples = noise(SECONDS * SAMPLE_RATE, 2, 16).map((value) => value >> 2);
  const sink = rememberingSink();
  const source = memorySource(wavFile(pcmBytes(samples, format), format), 'noise.wav');
  const { content } = await ingest(source, sink, { limits: INGEST_LIMITS, createMeter: silentMeter });
  return { manifest: { ...content, segmentBase: '/media/', peaksUrl: '' }, files: sink.segments };
}

/**
 * How much faster than real time a mixdown of 32 full strips is written, from segments to the bytes of a WAV file, by the CPU's own
 * time: each strip decodes a stem of its own.
 */
async function main(): Promise<void> {
  const { manifest, files } = await segmentsOfNoise();
  const ids = Array.from({ length: STRIPS }, (_, index) => `stem-${index + 1}`);
  const fetchBytes = async (url: string) => {
    const bytes = files.get(url.replace('/media/', ''));
    if (!bytes) throw new Error(`There is no ${url}.`);
    return bytes;
  };
  const means = { module: await loadDeskModule(), files: new SegmentFiles(fetchBytes, 2 ** 26), decoder: await createSegmentDecoder() };
  const stems = new Map(ids.map((stemId) => [stemId, { ...manifest, stemId }]));
  const request = { mix: fullMix(ids, 1), stems, from: 0, frames: SECONDS * SAMPLE_RATE };
  let bytes = 0;
  let pieces = 0;
  const begun = process.cpuUsage();
  await writeMixdown(
    means,
    { request, format: { as: 'wav', bits: 24, dither: true } },
    (piece) => {
      bytes += piece.length;
    },
    () => void pieces++,
  );
  const { user, system } = process.cpuUsage(begun);
  const speed = SECONDS / ((user + system) / 1e6);
  console.log(`export, ${STRIPS} full strips to WAV: ${speed.toFixed(2)} × real time, ${bytes} bytes in ${pieces} pieces`);
  const figures: Figure[] = [
    { name: `export: ${STRIPS} full strips to WAV`, value: speed, unit: '× real time', goal: GOAL, holds: speed >= GOAL },
  ];
  const file = process.env['FIGURES'];
  if (file) writeFileSync(file, JSON.stringify(figures));
}

await main();
