import { decodeElsewhere } from '../stems/decode-elsewhere';
import { fetchBytes, RENDER_PATIENCE, SegmentFiles } from '../stems/segment-files';
import type { FromRenderWorker, ToRenderWorker } from './messages';
import { measured, writeMixdown } from './write-mixdown';

/** A render reads each segment once. */
const KEPT_BYTES = 4 * 2 ** 20;

const scope = self as unknown as {
  postMessage(message: FromRenderWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToRenderWorker>) => void) | null;
};

async function render({ module, ...order }: ToRenderWorker): Promise<void> {
  const progress = (done: number) => scope.postMessage({ did: 'part', done }, []);
  // The next segments are decoded while the desk computes these.
  const decoder = decodeElsewhere(new URL('segment-worker.js', self.location.href));
  const means = { module, files: new SegmentFiles(fetchBytes, KEPT_BYTES, RENDER_PATIENCE), decoder };
  if (order.do === 'measure') {
    const levels = await measured(means, order.request, progress);
    scope.postMessage({ did: 'all', ...levels, gain: 0 }, []);
    return;
  }
  const levels = await writeMixdown(means, order, (bytes) => scope.postMessage({ did: 'piece', bytes }, [bytes.buffer]), progress);
  scope.postMessage({ did: 'all', ...levels }, []);
}

scope.onmessage = ({ data }) => {
  render(data).catch((reason: unknown) =>
    scope.postMessage({ did: 'fail', why: reason instanceof Error ? reason.message : String(reason) }, []),
  );
};
