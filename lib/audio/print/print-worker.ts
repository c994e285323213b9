import { createSegmentDecoder } from '../stems/decode';
import { fetchBytes, RENDER_PATIENCE, SegmentFiles } from '../stems/segment-files';
import type { FromPrintWorker, ToPrintWorker } from './messages';
import { printOf } from './print-mix';

const scope = self as unknown as {
  postMessage(message: FromPrintWorker): void;
  onmessage: ((event: MessageEvent<ToPrintWorker>) => void) | null;
};

async function print({ module, ...request }: ToPrintWorker): Promise<void> {
  // Each file is read once.
  const means = { module, files: new SegmentFiles(fetchBytes, 0, RENDER_PATIENCE), decoder: await createSegmentDecoder() };
  scope.postMessage({ did: 'print', print: await printOf(means, request) });
}

scope.onmessage = ({ data }) => {
  print(data).catch((reason: unknown) =>
    scope.postMessage({ did: 'fail', why: reason instanceof Error ? reason.message : String(reason) }),
  );
};
