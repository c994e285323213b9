import { type DecodedSegment, DecoderStopped, type SegmentDecoder } from './decode';
import type { FromSegmentWorker, ToSegmentWorker } from './segment-worker';

const STOPPED = 'The stems could not be read: a part of the page did not load. Your session is safe; reload the page and try again.';

/** Decodes in a worker of its own, beside whoever asks; it ends with the worker that made it. */
export function decodeElsewhere(workerUrl: URL): SegmentDecoder {
  const worker = new Worker(workerUrl);
  const asked = new Map<number, { resolve(decoded: DecodedSegment): void; reject(reason: Error): void }>();
  let tickets = 0;
  let stopped: DecoderStopped | null = null;
  worker.onmessage = ({ data }: MessageEvent<FromSegmentWorker>) => {
    const one = asked.get(data.ticket);
    asked.delete(data.ticket);
    if ('decoded' in data) one?.resolve(data.decoded);
    else one?.reject(new Error(data.why));
  };
  worker.onerror = () => {
    stopped = new DecoderStopped(STOPPED);
    for (const one of asked.values()) one.reject(stopped);
    asked.clear();
  };
  return {
    decode: (file) =>
      new Promise((resolve, reject) => {
        if (stopped) return reject(stopped);
        const ticket = ++tickets;
        asked.set(ticket, { resolve, reject });
        worker.postMessage({ ticket, file } satisfies ToSegmentWorker);
      }),
  };
}
