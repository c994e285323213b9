import { SAMPLE_RATE } from '../../units';
import type { MixdownReport } from '../types';
import { inWorker } from './in-worker';
import type { FromRenderWorker, ToRenderWorker } from './messages';
import type { MixdownOrder } from './write-mixdown';

const MEDIA_TYPES = { wav: 'audio/wav', flac: 'audio/flac', mp3: 'audio/mpeg', opus: 'audio/ogg' } as const;
const STOPPED = 'The mixdown stopped before it was done. Your session is safe; try again.';

/**
 * Renders in a worker of its own. Rejects with the signal's reason (`AbortError`) when cancelled, and with a sentence for
 * the user when a stem cannot be read.
 */
export function mixdown(
  workerUrl: string,
  order: MixdownOrder & { readonly module: WebAssembly.Module },
  progress: (done: number) => void,
  cancel: AbortSignal,
): Promise<MixdownReport> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const asked: ToRenderWorker = { do: 'mixdown', ...order };
  return inWorker<FromRenderWorker, MixdownReport>(workerUrl, asked, cancel, STOPPED, (message) => {
    if (message.did === 'fail') return { why: message.why };
    if (message.did === 'piece') pieces.push(message.bytes);
    else if (message.did === 'part') progress(message.done);
    else {
      const { integrated, truePeak, gain } = message;
      const file = new Blob(pieces, { type: MEDIA_TYPES[order.format.as] });
      return { result: { file, integrated, truePeak, gain, seconds: order.request.frames / SAMPLE_RATE } };
    }
    return null;
  });
}
