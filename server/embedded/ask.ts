import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { openConnection, type Steps } from './connection';

export interface Asked {
  readonly n: number;
  readonly step: keyof Steps;
  readonly given: readonly unknown[];
}
export interface Told {
  readonly n: number;
  readonly result?: unknown;
  readonly error?: Error;
}

/**
 * Asks the database, wherever it is; rejects with what went wrong there. What is asked first is done first. `transfer` are buffers that
 * go over and are no more here.
 */
export type Ask = <Name extends keyof Steps>(
  step: Name,
  given: Parameters<Steps[Name]>,
  transfer?: readonly ArrayBuffer[],
) => Promise<ReturnType<Steps[Name]>>;

/** A database within this thread, for as long as it is open: of a file in memory there is no other. */
export function askHere(file: string): Ask {
  const steps = openConnection(file);
  return async (step, given) => Reflect.apply(steps[step], steps, given);
}

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** A database in a thread of its own, which ends when it has been closed. */
export function askThread(file: string): Ask {
  const worker = startThread(file);
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let ended: Error | null = null;
  worker.on('message', ({ n, result, error }: Told) => {
    const one = waiting.get(n);
    waiting.delete(n);
    if (error) one?.reject(error);
    else one?.resolve(result as never);
  });
  const end = (error: Error) => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on('error', end);
  worker.on('exit', () => end(new Error('The database is closed.')));
  return (step, given, transfer = []) =>
    new Promise((resolve, reject) => {
      if (ended) {
        reject(ended);
        return;
      }
      asked += 1;
      waiting.set(asked, { resolve, reject });
      worker.postMessage({ n: asked, step, given } satisfies Asked, [...transfer]);
    });
}

/** In the bundle the thread lies beside the server; from the sources it is bundled here: reading TypeScript takes ten times as long. */
function startThread(file: string): Worker {
  const bundled = fileURLToPath(new URL('./database-thread.mjs', import.meta.url));
  if (existsSync(bundled)) return new Worker(bundled, { workerData: file });
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild');
  const entry = fileURLToPath(new URL('./thread.ts', import.meta.url));
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
  });
  return new Worker(outputFiles[0]?.text ?? '', { eval: true, workerData: file });
}
