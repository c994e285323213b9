/** How a worker's message ends the work; nothing while it goes on. */
export type Ending<T> = { readonly result: T } | { readonly why: string } | null;

/**
 * Gives one order to a worker of its own, which ends with the work. `take` hears each message and says how it ends. Rejects with
 * the signal's reason when cancelled, and with `stopped` where the worker breaks.
 */
export function inWorker<Message, T>(
  url: string,
  order: object,
  cancel: AbortSignal,
  stopped: string,
  take: (message: Message) => Ending<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (cancel.aborted) return reject(cancel.reason);
    const worker = new Worker(url);
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
      reject(new Error(stopped));
    };
    worker.onmessage = ({ data }: MessageEvent<Message>) => {
      const ending = take(data);
      if (ending === null) return;
      end();
      if ('why' in ending) reject(new Error(ending.why));
      else resolve(ending.result);
    };
    worker.postMessage(order);
  });
}
