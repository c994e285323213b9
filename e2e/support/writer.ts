import { setTimeout as later } from 'node:timers/promises';
import * as Y from 'yjs';
import { join } from './raw-socket';

/** Somebody who puts marker after marker into a mix, and knows which of them are on disk. */
export interface Writer {
  /** The markers of which the service has said that they are on disk. */
  saved(): readonly string[];
  /** Why the line was closed, each time it was. */
  readonly closes: readonly number[];
  stop(): void;
}

const BETWEEN_MS = 50;

/** `name` tells this writer's markers from those of others; one comes every 50 ms until `stop`. */
export async function writeMarkers(url: string, sessionId: string, cookie: string, name: string): Promise<Writer> {
  const joined = await join(url, sessionId, cookie);
  // The first message of a line is what it has that the service lacks: nothing, and no marker of ours.
  while (joined.saved() < 1) await later(10);
  const written: string[] = [];
  const closes: number[] = [];
  joined.provider.on('connection-close', (event) => {
    if (event) closes.push(event.code);
    joined.provider.shouldConnect = false;
  });
  const timer = setInterval(() => {
    const id = `${name}-${written.length}`;
    written.push(id);
    const fields = Object.entries({ name: id, at: written.length, kind: 'marker', color: 0 });
    joined.doc.getMap('markers').set(id, new Y.Map<unknown>(fields));
  }, BETWEEN_MS);
  return {
    saved: () => written.slice(0, Math.max(0, joined.saved() - 1)),
    closes,
    stop() {
      clearInterval(timer);
      joined.close();
    },
  };
}

/** The markers that a session has, as a newcomer finds them. */
export async function markersOf(url: string, sessionId: string, cookie: string): Promise<ReadonlySet<string>> {
  const joined = await join(url, sessionId, cookie);
  const found = new Set(joined.doc.getMap('markers').keys());
  joined.close();
  return found;
}
