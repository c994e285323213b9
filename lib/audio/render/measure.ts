import { inWorker } from './in-worker';
import type { FromRenderWorker, ToRenderWorker } from './messages';
import type { RenderRequest } from './render-mix';

const STOPPED = 'The loudness could not be measured. Your session is safe.';

/** Integrated loudness of a stretch of a mix, LUFS, rendered in a worker of its own. Rejects as `mixdown` does. */
export function measureLoudness(
  workerUrl: string,
  order: { readonly module: WebAssembly.Module; readonly request: RenderRequest },
  progress: (done: number) => void,
  cancel: AbortSignal,
): Promise<number> {
  const asked: ToRenderWorker = { do: 'measure', ...order };
  return inWorker<FromRenderWorker, number>(workerUrl, asked, cancel, STOPPED, (message) => {
    if (message.did === 'fail') return { why: message.why };
    if (message.did === 'part') progress(message.done);
    return message.did === 'all' ? { result: message.integrated } : null;
  });
}
