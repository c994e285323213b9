import type { FromPrintWorker, ToPrintWorker } from './messages';

/** Renders a print in a worker of its own. Rejects with the signal's reason when cancelled, and when a stem cannot be read. */
export function takePrint(workerUrl: string, order: ToPrintWorker, cancel: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    if (cancel.aborted) return reject(cancel.reason);
    const worker = new Worker(workerUrl);
    const end = () => {
      worker.terminate();
      cancel.removeEventListener('abort', stop);
    };
    const stop = () => {
      end();
      reject(cancel.reason);
    };
    cancel.addEventListener('abort', stop);
    worker.onerror = () => {
      end();
      reject(new Error('The print worker stopped.'));
    };
    worker.onmessage = ({ data }: MessageEvent<FromPrintWorker>) => {
      end();
      if (data.did === 'print') resolve(data.print);
      else reject(new Error(data.why));
    };
    worker.postMessage(order);
  });
}
