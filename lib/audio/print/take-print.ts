import { inWorker } from '../render/in-worker';
import type { FromPrintWorker, ToPrintWorker } from './messages';

/** Renders a print in a worker of its own. Rejects with the signal's reason when cancelled, and when a stem cannot be read. */
export function takePrint(workerUrl: string, order: ToPrintWorker, cancel: AbortSignal): Promise<string> {
  return inWorker<FromPrintWorker, string>(workerUrl, order, cancel, 'The print worker stopped.', (message) =>
    message.did === 'print' ? { result: message.print } : { why: message.why },
  );
}
