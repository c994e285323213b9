import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface PostgresServer {
  /** Address of its empty first database. */
  readonly url: string;
  /** Ends it at once, as when its machine loses power but for the disk's own cache. */
  crash(): Promise<void>;
  /** Starts it again on the same data, after `crash`. */
  again(): Promise<void>;
  stop(): Promise<void>;
}

/** Debian keeps the server's programs off the path, by version. */
function program(name: string): string {
  const versions = '/usr/lib/postgresql';
  const installed = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
  const found = installed.map((version) => join(versions, version, 'bin', name)).find((path) => existsSync(path));
  return found ?? name;
}

/** PostgreSQL does not run as root; Debian's package has made a user for it. */
function unprivileged(): { readonly uid: number; readonly gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: idOf('-u'), gid: idOf('-g') };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

type User = ReturnType<typeof unprivileged>;

/** Makes an empty data folder. */
function initialised(folder: string, user: User): string {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const words = ['-D', data, '-U', 'mixing', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'];
  const made = spawnSync(program('initdb'), words, { ...user, cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  return data;
}

interface Process {
  /** Resolves when it has ended. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** Resolves when it takes connections. */
async function run(data: string, port: number, user: User): Promise<Process> {
  const settings = ['-h', '127.0.0.1', '-p', String(port), '-k', '', '-c', 'max_connections=300'];
  const server = spawn(program('postgres'), ['-D', data, ...settings], { ...user, cwd: data, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-10_000);
      if (said.includes('ready to accept connections')) resolve();
    });
    void ended.then(() => reject(new Error(`PostgreSQL ended: ${said}`)));
  });
  return {
    async end(signal) {
      server.kill(signal);
      await ended;
    },
  };
}

/** A PostgreSQL of our own on a free port, with a folder of its own that goes with it. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  const user = unprivileged();
  const data = initialised(folder, user);
  const port = await freePort();
  let server = await run(data, port, user);
  return {
    url: `postgres://mixing@127.0.0.1:${port}/postgres`,
    // SIGQUIT is its immediate stop: nothing is written any more, and the next start recovers from its log.
    crash: () => server.end('SIGQUIT'),
    async again() {
      server = await run(data, port, user);
    },
    async stop() {
      // SIGINT is its fast stop: who is connected is sent away.
      await server.end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
