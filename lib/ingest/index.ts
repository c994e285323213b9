/**
 * Files into stems: recognised by what they hold, decoded in pieces, brought to 48 kHz, cut into FLAC segments, measured.
 * `worker.ts` is the entry of a worker thread; the service speaks to it in the words of `messages.ts`.
 */
export type { FromWorker, IngestAnswer, IngestTask, ToWorker } from './messages';
export type { Ingested, Recognised } from './pipeline';
export { sizeInWords } from './refusal';
export type { IngestLimits } from './source';
