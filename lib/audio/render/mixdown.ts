import { SAMPLE_RATE } from '../../units';
import type { MixdownReport } from '../types';
import type { FromRenderWorker, ToRenderWorker } from './messages';

const MEDIA_TYPES = { wav: 'audio/wav', flac: 'audio/flac', mp3: 'audio/mpeg', opus: 'audio/ogg' } as const;

/**
 * Renders in a worker of its own. Rejects with the signal's reason (`AbortError`) when cancelled, and with a sentence for
 * the user when a stem cannot be read.
 */
export function mixdown(
  workerUrl: string,
  order: ToRenderWorker,
  progress: (done: number) => void,
  cancel: AbortSignal,
): Promise<MixdownReport> {
  return new Promise((resolve, reject) => {
    if (cancel.aborted) return reject(cancel.reason);
    const worker = new Worker(workerUrl);
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    const end = () => {
      worker.terminate();
      cancel.removeEventListener('abort', stop);
    };
    const stop = () => {
      end();
      reject(cancel.reason);
    };
    const fail = (why: string) => {
      end();
      reject(new Error(why));
    };
    cancel.addEventListener('abort', stop);
    worker.onerror = () => fail('The mixdown stopped before it was done. Your session is safe; try again.');
    worker.onmessage = ({ data }: MessageEvent<FromRenderWorker>) => {
      if (data.did === 'piece') pieces.push(data.bytes);
      else if (data.did === 'part') progress(data.done);
      else if (data.did === 'fail') fail(data.why);
      else {
        end();
        const { integrated, truePeak, gain } = data;
        const file = new Blob(pieces, { type: MEDIA_TYPES[order.format.as] });
        resolve({ file, integrated, truePeak, gain, seconds: order.request.frames / SAMPLE_RATE });
      }
    };
    worker.postMessage(order);
  });
}
