import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { CLOSE, type CloseCode, type User } from '../../lib/protocol';
import type { Log } from '../observability/log';
import type { Metrics } from '../observability/metrics';
import type { People } from '../people/service';
import { type Bus, subscribe } from '../ports';
import type { Access } from '../sessions/access';
import { SOCKET_OPTIONS } from '../sync';
import type { Origins } from './origins';

/** Who comes in by a sync socket. */
export interface Arrival {
  readonly sessionId: string;
  readonly user: User;
}

export interface UpgradeParts {
  readonly origins: Origins;
  readonly people: People;
  readonly access: Access;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly bus: Bus;
  readonly sync: { connect(socket: WebSocket, line: Duplex, arrival: Arrival): void };
  readonly live: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Next's reload socket; null in production. */
  readonly next: ((request: IncomingMessage, socket: Duplex, head: Buffer) => void) | null;
}

const SYNC = /^\/sync\/([^/]+)$/;
type Refused = { readonly code: CloseCode; readonly why: string };

/** Decides what becomes of each request to upgrade, by its exact path and `Origin`. There is no second listener for upgrades. */
export function upgradeDispatcher(parts: UpgradeParts) {
  const { origins, live, next, log, metrics } = parts;
  const lines = new SignedInLines(parts);
  const sockets = new WebSocketServer({ ...SOCKET_OPTIONS, clientTracking: false });

  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const room = SYNC.exec(path)?.[1];
    const allowed = origins.allows(request.headers.origin, request.headers.host);
    if (next !== null && path.startsWith('/_next/')) next(request, socket, head);
    else if (room === undefined && path !== '/socket.io/') refuse(socket, 'path', '404 Not Found');
    else if (!allowed) refuse(socket, 'origin', '403 Forbidden');
    else if (room === undefined) live(request, socket, head);
    else openSync(request, socket, head, room);
  };

  function refuse(socket: Duplex, why: string, status: string): void {
    metrics.upgradesRefused.inc({ why });
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  }

  /** The handshake is completed for those who are refused, too: only so can a browser be told why. */
  function openSync(request: IncomingMessage, socket: Duplex, head: Buffer, room: string): void {
    arrivalOf(parts, request, room)
      .catch((error: unknown): Refused => {
        log.error({ err: error }, 'a sync socket could not be checked');
        return { code: CLOSE.overloaded, why: 'The service has trouble; come back in a moment.' };
      })
      .then((found) => {
        sockets.handleUpgrade(request, socket, head, (opened) => {
          if (!('code' in found)) {
            lines.add(found.user.id, opened, request.headers);
            return parts.sync.connect(opened, socket, found);
          }
          metrics.upgradesRefused.inc({ why: String(found.code) });
          opened.on('error', () => opened.terminate());
          opened.close(found.code, found.why);
        });
      })
      .catch(() => socket.destroy());
  }
}

async function arrivalOf({ people, access }: UpgradeParts, request: IncomingMessage, room: string): Promise<Arrival | Refused> {
  const user = await people.userOf(request.headers);
  if (user === null) return { code: CLOSE.unauthenticated, why: 'Say who you are first.' };
  if ((await access.roleOf(room, user.id)) === null)
    return { code: CLOSE.notFound, why: 'There is nothing here, or it is not shared with you.' };
  // Hands are seen in the colour that this person has in this session.
  return { sessionId: room, user: (await people.named([user.id], room)).get(user.id) ?? user };
}

/** Open sync sockets by who has them: they end when the browser is signed out. */
class SignedInLines {
  private readonly open = new Map<string, Map<WebSocket, IncomingHttpHeaders>>();

  constructor(private readonly parts: Pick<UpgradeParts, 'people' | 'bus' | 'log'>) {
    subscribe(parts.bus, 'login', ({ userId }) => void this.settle(userId));
  }

  add(userId: string, socket: WebSocket, headers: IncomingHttpHeaders): void {
    const mine = this.open.get(userId) ?? new Map<WebSocket, IncomingHttpHeaders>();
    this.open.set(userId, mine.set(socket, { cookie: headers.cookie, authorization: headers.authorization }));
    socket.on('close', () => {
      mine.delete(socket);
      if (mine.size === 0 && this.open.get(userId) === mine) this.open.delete(userId);
    });
  }

  private async settle(userId: string): Promise<void> {
    const { people, log } = this.parts;
    people.forget(userId);
    for (const [socket, headers] of [...(this.open.get(userId) ?? [])]) {
      try {
        if ((await people.userOf(headers))?.id !== userId) socket.close(CLOSE.unauthenticated, 'You are signed out in this browser.');
      } catch (error) {
        log.error({ err: error }, 'who is signed in was not looked up');
      }
    }
  }
}
