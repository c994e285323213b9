import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MixRender, type RenderMeans } from '../../../lib/audio/render/render-mix';
import { createSegmentDecoder } from '../../../lib/audio/stems/decode';
import { SegmentFiles } from '../../../lib/audio/stems/segment-files';
import type { MixLevels } from '../../../lib/desk';
import { loadDeskModule } from '../../../lib/desk/node';
import { memorySource, rememberingSink, silentMeter } from '../../../lib/ingest/made-files';
import { ingest } from '../../../lib/ingest/pipeline';
import { INGEST_LIMITS } from '../../../lib/ingest/source';
import type { StemManifest } from '../../../lib/media';
import type { Mix } from '../../../lib/mix';
import { SAMPLE_RATE } from '../../../lib/units';
import type { Sound } from './measures';
import { STEMS, type StemName } from './mended-mix';

const FOLDER = fileURLToPath(new URL('../../../public/demo-song/stems', import.meta.url));
const FRAMES = 88 * SAMPLE_RATE;
const CACHE_BYTES = 2 ** 26;

/** The song rendered: the mix, each strip alone before the master without its effects, and what the lead's effects add to it. */
export interface Rendered {
  readonly mix: Sound & { readonly levels: MixLevels };
  readonly dry: ReadonlyMap<StemName, Sound>;
  readonly wetLead: Sound;
}

/** Renders mixes of the demo song's stems, which it cuts into segments as the service does. */
export class SongRenderer {
  private readonly files = new Map<string, Uint8Array>();
  private readonly stems = new Map<string, StemManifest>();

  private constructor(private readonly means: Omit<RenderMeans, 'files'>) {}

  static async open(): Promise<SongRenderer> {
    const renderer = new SongRenderer({ module: await loadDeskModule(), decoder: await createSegmentDecoder() });
    for (const name of STEMS) await renderer.take(name);
    return renderer;
  }

  private async take(name: StemName): Promise<void> {
    const sink = rememberingSink();
    const source = memorySource(readFileSync(join(FOLDER, `${name}.flac`)), `${name}.flac`);
    const { content } = await ingest(source, sink, { limits: INGEST_LIMITS, createMeter: silentMeter });
    for (const [segment, bytes] of sink.segments) this.files.set(`/media/${segment}`, bytes);
    this.stems.set(name, { ...content, stemId: name, segmentBase: '/media/', peaksUrl: '' });
  }

  /** The whole song of a mix, or of one strip alone before the master. */
  async render(mix: Mix, part?: { readonly strip: StemName; readonly effects: boolean }): Promise<Sound & { readonly levels: MixLevels }> {
    const fetchBytes = async (url: string) => {
      const bytes = this.files.get(url);
      if (!bytes) throw new Error(`There is no ${url}.`);
      return bytes;
    };
    const means = { ...this.means, files: new SegmentFiles(fetchBytes, CACHE_BYTES) };
    const request = { mix, stems: this.stems, from: 0, frames: FRAMES, ...(part && { part: { ...part, master: false } }) };
    const made = new MixRender(means, request);
    const left = new Float32Array(FRAMES);
    const right = new Float32Array(FRAMES);
    let at = 0;
    for await (const piece of made.pieces()) {
      left.set(piece.left, at);
      right.set(piece.right, at);
      at += piece.left.length;
    }
    return { left, right, levels: made.levels() };
  }

  async renderAll(mix: Mix): Promise<Rendered> {
    const dry = new Map<StemName, Sound>();
    for (const strip of STEMS) dry.set(strip, await this.render(mix, { strip, effects: false }));
    return { mix: await this.render(mix), dry, wetLead: await this.render(mix, { strip: '10_Lead', effects: true }) };
  }
}
