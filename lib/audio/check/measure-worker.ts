import { type ProgrammeMeasure, programmeOf, type StripMeasure } from '../../analysis';
import type { StemManifest } from '../../media';
import { MixRender, type RenderMeans } from '../render/render-mix';
import { createSegmentDecoder } from '../stems/decode';
import { fetchBytes, SegmentFiles } from '../stems/segment-files';
import { measureMix, measureProcessed, measureStem } from './measure';
import type { FromMeasureWorker, MeasureJob, ToMeasureWorker } from './messages';

/** Each segment is read once a measurement. */
const KEPT_BYTES = 2 * 2 ** 20;

const scope = self as unknown as {
  postMessage(message: FromMeasureWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToMeasureWorker>) => void) | null;
};

/** The arrays of a measure, to be handed over without a copy. */
function buffersOf(measure: StripMeasure | ProgrammeMeasure): Transferable[] {
  const arrays: unknown[] = Object.values(measure);
  return [...new Set(arrays.flatMap((value) => (value instanceof Float32Array || value instanceof Float64Array ? [value.buffer] : [])))];
}

const never = new AbortController().signal;

async function measure(means: RenderMeans, job: MeasureJob): Promise<void> {
  if (job.of === 'mix') {
    const render = new MixRender(means, { mix: job.mix, stems: job.stems, from: 0, frames: job.frames });
    for await (const _ of render.pieces());
    const { integrated, range, truePeak } = render.levels();
    return scope.postMessage({ did: 'mix', measure: { integrated, range, truePeak } }, []);
  }
  if (job.of === 'reference' || job.of === 'programme') {
    const heard = job.of === 'reference' ? await measureReference(means, job.stem) : await measureMix(means, job);
    return scope.postMessage({ did: 'programme', measure: heard }, buffersOf(heard));
  }
  const found =
    job.of === 'stem' ? await measureStem(means, job.stem, never) : await measureProcessed(means, job.mix, job.strip, job.stems);
  scope.postMessage({ did: 'strip', measure: found }, [...buffersOf(found), ...(found.quiet ? [found.quiet.spectrum.buffer] : [])]);
}

async function measureReference(means: RenderMeans, stem: StemManifest): Promise<ProgrammeMeasure> {
  return programmeOf(await measureStem(means, stem, never), stem.truePeak);
}

let means: Promise<RenderMeans> | null = null;

scope.onmessage = ({ data }) => {
  if (data.do === 'begin') {
    means = createSegmentDecoder().then((decoder) => ({ module: data.module, files: new SegmentFiles(fetchBytes, KEPT_BYTES), decoder }));
    return;
  }
  means
    ?.then((has) => measure(has, data.job))
    .catch((reason: unknown) => scope.postMessage({ did: 'fail', why: reason instanceof Error ? reason.message : String(reason) }, []));
};
