import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { changedMix, mendedMix, rawMix, STEMS, startOfBar } from '../../../e2e/bench/song/mended-mix';
import { check, type Finding, LOUDNESS_TARGETS, PROFILES, type StripMeasure, StripMeter, type StripSound } from '../../analysis';
import { powerBetween } from '../../analysis/measure/bands';
import { songOf } from '../../analysis/song/song';
import { loadDeskModule } from '../../desk/node';
import { memorySource, rememberingSink, silentMeter } from '../../ingest/made-files';
import { ingest } from '../../ingest/pipeline';
import { INGEST_LIMITS } from '../../ingest/source';
import type { StemManifest } from '../../media';
import type { Change, Mix } from '../../mix';
import { MixRender, type RenderMeans } from '../render/render-mix';
import { createSegmentDecoder } from '../stems/decode';
import { SegmentFiles } from '../stems/segment-files';
import { measureProcessed, measureStem } from './measure';

const FOLDER = join(process.cwd(), 'public/demo-song/stems');
const SECTIONS = [
  ['Intro', 1],
  ['Verse', 5],
  ['Pre-chorus', 13],
  ['Chorus', 17],
  ['Bridge', 25],
  ['Final chorus', 29],
] as const;
const MARKERS = new Map(
  SECTIONS.map(([name, bar], color) => [`m${color}`, { id: `m${color}`, name, at: startOfBar(bar), kind: 'section' as const, color }]),
);

type Planted = readonly [kind: string, strip: string, frequency?: number | undefined, amount?: number];

/** What is planted, as the song's README lists it: kind, strip, frequency (Hz) and amount (dB, or dBFS of the noise). */
const PLANTED: readonly Planted[] = [
  ['balance', '01_Kick', undefined, -13],
  ['polarity', '03_Snare_Bottom'],
  ['resonance', '04_Hats_Cymbals', 7200, 12],
  ['balance', '04_Hats_Cymbals', undefined, 1.5],
  ['uneven', '06_Bass', undefined, 11],
  ['boom', '06_Bass', 98, 4],
  ['mud', '06_Bass', 250, 6],
  ['mud', '07_EPiano', 300, 6],
  ['hum', '08_Guitar', 50, -48.5],
  ['noise', '08_Guitar', undefined, -48.5],
  ['balance', '08_Guitar', undefined, -6],
  ['balance', '09_Pad', undefined, 4],
  ['mud', '09_Pad', 280, 5],
  ['masking', '09_Pad'],
  ['dry', '10_Lead'],
  ['section', '10_Lead', undefined, -5.5],
  ['balance', '11_Choir', undefined, -5.5],
  ['jump', '12_FX', undefined, 9],
];

const [profile, target] = [PROFILES[0], LOUDNESS_TARGETS[0]];
if (!profile || !target) throw new Error('There is no profile or target.');
const options = { profile, target, master: null };

const files = new Map<string, Uint8Array>();
const stems = new Map<string, StemManifest>();
const recorded = new Map<string, StripMeasure>();
let means: RenderMeans;

const never = new AbortController().signal;

beforeAll(async () => {
  const fetchBytes = async (url: string) => files.get(url) ?? new Uint8Array();
  means = { module: await loadDeskModule(), files: new SegmentFiles(fetchBytes, 2 ** 24), decoder: await createSegmentDecoder() };
  for (const id of STEMS) {
    const sink = rememberingSink();
    const source = memorySource(readFileSync(join(FOLDER, `${id}.flac`)), `${id}.flac`);
    const { content } = await ingest(source, sink, { limits: INGEST_LIMITS, createMeter: silentMeter });
    for (const [segment, bytes] of sink.segments) files.set(`/media/${segment}`, bytes);
    const stem = { ...content, stemId: id, segmentBase: '/media/', peaksUrl: '' };
    stems.set(id, stem);
    recorded.set(id, await measureStem(means, stem, never));
  }
}, 240_000);

/** Measures of every strip of a mix; what has no processing is as it was recorded. */
async function soundsOf(mix: Mix): Promise<Map<string, StripSound>> {
  const sounds = new Map<string, StripSound>();
  for (const [id, before] of recorded) sounds.set(id, { before, after: await measureProcessed(means, mix, id, stems).catch(() => before) });
  return sounds;
}

const withSections = (mix: Mix): Mix => ({ ...mix, markers: MARKERS });

const is = (finding: Finding, [kind, strip, frequency]: Planted) =>
  finding.kind === kind &&
  finding.strips[0] === strip &&
  (frequency === undefined || Math.abs(Math.log2((finding.frequency ?? 1) / frequency)) <= 1 / 6);

describe('the mix check on the demo song', () => {
  const raw = () => new Map([...recorded].map(([id, measure]) => [id, { before: measure, after: measure }]));

  for (const planted of PLANTED) {
    const [kind, strip, , amount] = planted;
    it(`finds ${kind} in ${strip}`, () => {
      const found = check(withSections(rawMix()), raw(), options).filter((finding) => is(finding, planted));
      expect(found.length).toBeGreaterThanOrEqual(1);
      if (amount !== undefined) expect(Math.min(...found.map((one) => Math.abs(one.amount - amount)))).toBeLessThanOrEqual(3);
    });
  }

  it('reports nothing once every fault is mended as in the reference', async () => {
    const mix = withSections(mendedMix());
    expect(check(mix, await soundsOf(mix), options).map(({ id }) => id)).toEqual([]);
  }, 240_000);

  it('mends hum and noise also one after the other: a gate hears what the equaliser behind it takes out', async () => {
    const fixes: (readonly Change[])[] = [];
    const found = async () => {
      const mix = changedMix(() => fixes);
      const before = recorded.get('08_Guitar');
      const sounds: Map<string, StripSound> = raw();
      if (before && fixes.length > 0) sounds.set('08_Guitar', { before, after: await measureProcessed(means, mix, '08_Guitar', stems) });
      return check(mix, sounds, options).filter(({ kind }) => kind === 'hum' || kind === 'noise');
    };
    const kinds: string[] = [];
    for (let left = await found(); left[0] && kinds.length < 4; left = await found()) {
      kinds.push(left[0].kind);
      fixes.push(left[0].fix?.changes ?? []);
    }
    expect(kinds.filter((kind) => kind === 'noise')).toHaveLength(1);
    expect(await found()).toEqual([]);
  }, 120_000);

  it('mends the mud and the balance with its own fixes, and then finds nothing new', async () => {
    const sections = [...MARKERS.values()].map(({ id, name, at, color }): Change[] => [
      { do: 'put', map: 'markers', id, fields: { name, at, kind: 'section', color } },
    ]);
    const fixes = check(withSections(rawMix()), raw(), options).flatMap(({ fix }) => (fix ? [fix.changes] : []));
    const mix = changedMix(() => [...sections, ...fixes]);
    const [sounds, reference] = [await soundsOf(mix), withSections(mendedMix())];
    expect(check(mix, sounds, options).map(({ id }) => id)).toEqual([]);
    const level = (of: Mix, heard: Map<string, StripSound>, id: string) => {
      const song = songOf(of, heard);
      return (song.parts.find(({ strip }) => strip.id === id)?.loudness ?? 0) - song.loudness;
    };
    const wanted = await soundsOf(reference);
    for (const id of ['01_Kick', '10_Lead']) expect(Math.abs(level(mix, sounds, id) - level(reference, wanted, id))).toBeLessThanOrEqual(2);

    const share = async (of: Mix) => {
      const meter = new StripMeter(false);
      for await (const { left, right } of new MixRender(means, { mix: of, stems, from: 0, frames: 4_224_000 }).pieces())
        meter.add(left, right);
      const { spectrum } = meter.finish();
      return powerBetween(spectrum, 200, 400) / powerBetween(spectrum, 20, 20_000);
    };
    const [before, after] = [await share(rawMix()), await share(mix)];
    console.log(`200–400 Hz: ${(100 * before).toFixed(1)} % before, ${(100 * after).toFixed(1)} % after`);
    expect(before).toBeGreaterThan(0.3);
    expect(after).toBeLessThan(0.18);
  }, 480_000);
});
