import type { DecodedSegment, SegmentDecoder } from './decode';
import type { FromSegmentWorker, ToSegmentWorker } from './segment-worker';

/** Decodes in a worker of its own, beside whoever asks; it ends with the worker that made it. */
export function decodeElsewhere(workerUrl: URL): SegmentDecoder {
  const worker = new Worker(workerUrl);
  const asked = new Map<number, { resolve(decoded: DecodedSegment): void; reject(reason: Error): void }>();
  let tickets = 0;
  worker.onmessage = ({ data }: MessageEvent<FromSegmentWorker>) => {
    const one = asked.get(data.ticket);
    asked.delete(data.ticket);
    if ('decoded' in data) one?.resolve(data.decoded);
    else one?.reject(new Error(data.why));
  };
  worker.onerror = () => {
    for (const one of asked.values()) one.reject(new Error('The decoder stopped.'));
    asked.clear();
  };
  return {
    decode: (file) =>
      new Promise((resolve, reject) => {
        const ticket = ++tickets;
        asked.set(ticket, { resolve, reject });
        worker.postMessage({ ticket, file } satisfies ToSegmentWorker);
      }),
  };
}
