import type { Server } from 'node:http';
import { setTimeout as later } from 'node:timers/promises';
import type { Services } from './compose';
import { createHttp, listen } from './http/listen';
import type { Pages } from './http/pages';
import { upgradeDispatcher } from './http/upgrades';
import type { Log } from './observability/log';

export interface Running {
  readonly port: number;
  /** Ends it without losing anything; resolves when everything is closed. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly services: Services;
  readonly log: Log;
  readonly port: number;
  readonly host: string;
  readonly secure: boolean;
  /** Makes the pages once the port is known; null where only the API is wanted. */
  readonly openPages: ((port: number) => Promise<Pages>) | null;
  /** For so long it answers that it is unready before it ends, so that whoever balances load sees it; milliseconds. */
  readonly unreadyMs?: number;
}

/** Listens with everything on one port; resolves when all of it answers. */
export async function start({ services, log, port, host, secure, openPages, unreadyMs = 0 }: StartOptions): Promise<Running> {
  let pages: Pages | null = null;
  const { app, hidden, origins, metrics, live } = services;
  const server = createHttp({ app, hidden, origins, metrics, log, live, pages: () => pages, secure });
  const bound = await listen(server, port, host);
  pages = (await openPages?.(bound)) ?? null;
  server.on('upgrade', upgradeDispatcher({ ...services, log, live: live.upgrade, next: pages?.upgrade ?? null }));
  services.ready();
  return {
    port: bound,
    async stop() {
      services.stop();
      if (unreadyMs > 0) await later(unreadyMs);
      await services.close();
      await closed(server);
      await pages?.close();
    },
  };
}

/** Takes nobody new, lets answers under way finish, and then ends what is left. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), 3000);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
    server.closeIdleConnections();
  });
}
