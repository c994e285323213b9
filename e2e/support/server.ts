import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A data folder in which the demo song is already cut into segments; made once for all by `seed.ts`. */
export const SEED = join(root, 'test-results', 'seed');

/** The real program, as `npm start` runs it, on a port and a data folder of its own. */
export interface Server {
  readonly url: string;
  readonly dataDir: string;
  /** What it has printed since it was last started. */
  output(): string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Ends it politely; resolves to its exit code. */
  stop(): Promise<number | null>;
  start(): Promise<void>;
  /** Stops it and removes its data. */
  dispose(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (!address || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

function exited(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

/** Waits until the server says that it is ready; rejects with its output when it ends before. */
async function ready(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${output()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((later) => setTimeout(later, 50));
  }
}

export interface ServerOptions {
  /** Start from an empty folder rather than from the seeded one. */
  readonly empty?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts the built server (`npm run build` comes first). */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mixing-table-'));
  if (!options.empty) await cp(SEED, dataDir, { recursive: true });
  const port = await freePort();
  const url = `http://localhost:${port}`;
  let printed = '';
  let child: ChildProcess | null = null;

  const start = async () => {
    printed = '';
    const started = spawn(process.execPath, ['dist/server.mjs'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dataDir, ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    for (const stream of [started.stdout, started.stderr]) stream?.on('data', (bytes: Buffer) => (printed += bytes.toString()));
    await ready(url, started, () => printed);
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (!child) return null;
    child.kill(signal);
    return exited(child);
  };
  await start();
  return {
    url,
    dataDir,
    output: () => printed,
    start,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    dispose: async () => {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
