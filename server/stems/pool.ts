import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { FromWorker, IngestAnswer, IngestLimits, IngestTask, Recognised, ToWorker } from '../../lib/ingest';

/** What comes of a file while it is ingested. */
interface IngestListener {
  recognised(recognised: Recognised): Promise<void>;
  keep(name: string, bytes: Uint8Array): Promise<void>;
  progress(done: number): void;
}

export interface IngestPool {
  /** How many files are worked on at once. */
  readonly size: number;
  /** Rejects when the worker crashed, stood still for too long, or `signal` aborted; a file's own fault is an answer. */
  run(file: { readonly path: string; readonly name: string }, listener: IngestListener, signal: AbortSignal): Promise<IngestAnswer>;
  close(): Promise<void>;
}

/** A worker that says nothing for this long is stuck, and ended. */
const STALLED_MS = 60_000;
const MOST_THREADS = 8;
/** JavaScript's own heap in a worker; samples and WASM lie outside of it and are bounded by the pipeline. */
const HEAP_MEGABYTES = 512;

/** In the bundle the worker lies beside the server; from the sources it is the TypeScript file, read by tsx. */
function workerEntry(): { filename: string; execArgv: string[] } {
  const bundled = fileURLToPath(new URL('./ingest-worker.mjs', import.meta.url));
  if (existsSync(bundled)) return { filename: bundled, execArgv: [] };
  return {
    filename: new URL('../../lib/ingest/worker.ts', import.meta.url).href,
    execArgv: ['--import', 'tsx'],
  };
}

/** Threads that ingest files: what happens in them, a crash too, leaves the service as it is. */
export function createIngestPool(desk: WebAssembly.Module, limits: IngestLimits): IngestPool {
  const size = Math.min(MOST_THREADS, Math.max(1, availableParallelism()));
  const pool = new Piscina<IngestTask, IngestAnswer>({
    ...workerEntry(),
    minThreads: 0,
    maxThreads: size,
    idleTimeout: 10_000,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  });

  return {
    size,
    async run(file, listener, signal) {
      const { port1, port2 } = new MessageChannel();
      const stalled = new AbortController();
      const watch = () => setTimeout(() => stalled.abort(new Error('The worker stood still.')), STALLED_MS);
      let timer = watch();
      const following = follow(port1, listener, () => {
        clearTimeout(timer);
        timer = watch();
      });
      try {
        const task = { ...file, limits, desk, port: port2 };
        const answer = await pool.run(task, { transferList: [port2], signal: AbortSignal.any([signal, stalled.signal]) });
        await following.settled();
        return answer;
      } finally {
        clearTimeout(timer);
        port1.close();
        // What was begun ends first: a segment that is written after the stem was removed would stay for ever.
        await following.ended();
      }
    },
    close: () => pool.destroy(),
  };
}

interface Following {
  /** Resolves when all that was heard is done; rejects when some of it failed. */
  settled(): Promise<void>;
  /** Hears nothing more; resolves when all that was heard is done or has failed. */
  ended(): Promise<void>;
}

/** Hears a worker: one message after the other, each answered where it waits for an answer. */
function follow(port: MessageChannel['port1'], listener: IngestListener, heard: () => void): Following {
  let last: Promise<void> = Promise.resolve();
  let failure: { readonly error: unknown } | null = null;
  const answer = (kept: boolean) => port.postMessage({ kept } satisfies ToWorker);
  const keep = async (name: string, bytes: Uint8Array): Promise<void> => {
    try {
      await listener.keep(name, bytes);
      answer(true);
    } catch (error) {
      failure ??= { error };
      answer(false);
    }
  };
  const kept = new Set<Promise<void>>();
  port.on('message', (message: FromWorker) => {
    heard();
    if (message.what === 'progress') return listener.progress(message.done);
    if (message.what === 'keep') {
      const keeping = keep(message.name, message.bytes).finally(() => kept.delete(keeping));
      kept.add(keeping);
      return;
    }
    last = last
      .then(() => listener.recognised(message.recognised))
      .catch((error: unknown) => {
        failure ??= { error };
      });
  });
  const done = async (): Promise<void> => {
    await last;
    await Promise.all(kept);
  };
  return {
    async settled() {
      await done();
      if (failure !== null) throw failure.error;
    },
    async ended() {
      port.removeAllListeners('message');
      await done();
    },
  };
}
