import { type IncomingMessage, Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import next from 'next';

export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The reload socket; null in production. */
  readonly upgrade: ((request: IncomingMessage, socket: Duplex, head: Buffer) => void) | null;
  close(): Promise<void>;
}

/** Next inside our server. */
export async function createPages(options: { development: boolean; hostname: string; port: number; folder: string }): Promise<Pages> {
  // Next listens for upgrades on whatever server it is given and ends those that it doesn't know: so it gets one that never listens.
  const inner = new Server();
  const app = next({ dev: options.development, hostname: options.hostname, port: options.port, dir: options.folder, httpServer: inner });
  await app.prepare();
  const handle = app.getRequestHandler();
  return {
    handle: (request, response) => handle(request, response),
    upgrade: options.development ? (request, socket, head) => void inner.emit('upgrade', request, socket, head) : null,
    close: () => app.close(),
  };
}
