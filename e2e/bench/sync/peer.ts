import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export type PeerName = 'ours' | 'relay' | 'reference';

/** A server under load, as a process of its own. */
export interface Peer {
  readonly name: PeerName;
  readonly url: string;
  readonly folder: string;
  /** Processor time that it has taken since its start, in seconds. */
  cpu(): number;
  /** What it holds of the machine's memory, in MB. */
  memory(): number;
  start(): Promise<void>;
  /** Ends it; resolves when it is gone. `SIGKILL` as a power cut would. */
  end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  dispose(): Promise<void>;
}

const COMMANDS: Readonly<Record<PeerName, { readonly words: readonly string[]; readonly ready: string }>> = {
  ours: { words: ['dist/server.mjs'], ready: '/readyz' },
  relay: { words: ['--import', 'tsx', 'e2e/bench/sync/relay.ts'], ready: '/' },
  reference: { words: ['--import', 'tsx', 'e2e/bench/sync/reference.ts'], ready: '/' },
};

/** Bounds that would only measure how fast sessions may be made, or that one machine plays all people. */
const ROOMY = {
  MAX_SOCKETS_PER_USER: '1000',
  MAX_SESSIONS_PER_USER: '100000',
  SESSIONS_PER_MINUTE: '1000000',
  GUESTS_PER_MINUTE: '1000000',
  INVITE_LOOKS_PER_MINUTE: '1000000',
};

/** `PROFILE=folder` has our server's processor time written there when it ends. */
const profiled = (name: PeerName): string[] => {
  const folder = process.env['PROFILE'];
  return folder && name === 'ours' ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
};

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (!address || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

/** Hundredths of a second, as the kernel counts them for a process with all its threads. */
function ticks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

const resident = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** Starts a server on a port and a folder of its own. Ours must have been built. */
export async function startPeer(
  name: PeerName,
  environment: Readonly<Record<string, string>> = {},
  within: string = tmpdir(),
): Promise<Peer> {
  const { words, ready } = COMMANDS[name];
  const folder = await mkdtemp(join(within, `bench-${name}-`));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  let child: ChildProcess | null = null;
  let printed = '';
  const pid = () => {
    if (child?.pid === undefined) throw new Error(`${name} does not run.`);
    return child.pid;
  };
  const peer: Peer = {
    name,
    url,
    folder,
    cpu: () => ticks(pid()) / 100,
    memory: () => resident(pid()),
    async start() {
      const own = { PORT: String(port), HOST: '127.0.0.1', DATA_DIR: folder, YPERSISTENCE: join(folder, 'level'), LOG_LEVEL: 'error' };
      const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production', DEMO_SONG: 'off', ...own, ...ROOMY, ...environment };
      const started = spawn(process.execPath, [...profiled(name), ...words], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
      for (const stream of [started.stdout, started.stderr]) stream.on('data', (bytes: Buffer) => (printed += bytes.toString()));
      child = started;
      while (!(await fetch(url + ready).catch(() => null))?.ok) {
        if (started.exitCode !== null) throw new Error(`${name} ended with ${started.exitCode}:\n${printed}`);
        await new Promise((later) => setTimeout(later, 20));
      }
    },
    async end(signal = 'SIGTERM') {
      const ending = child;
      child = null;
      if (!ending || ending.exitCode !== null) return;
      const gone = new Promise((resolve) => ending.once('exit', resolve));
      ending.kill(signal);
      await gone;
    },
    async dispose() {
      await peer.end(process.env['PROFILE'] ? 'SIGTERM' : 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
  await peer.start();
  return peer;
}
