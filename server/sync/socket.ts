import type { Duplex } from 'node:stream';
import type { ServerOptions, WebSocket } from 'ws';
import { frameOf } from './frame';
import type { Clock, SocketLike } from './ports';

const PING_MS = 30_000;
/** How long an answer to a closing is waited for. */
const FAREWELL_MS = 3000;

/**
 * How the server of these sockets is made. A little more than the largest message is let through, so that what is too large gets
 * its answer (4413) instead of a broken line.
 */
export const SOCKET_OPTIONS = {
  noServer: true,
  perMessageDeflate: false,
  maxPayload: 2 * 1024 * 1024,
} as const satisfies ServerOptions;

/**
 * A room's view of a socket and of the line beneath it. Messages go to the line as frames that all receivers share, and those of one
 * turn of the event loop together: writing is most of what a delivery costs. A peer that answers no ping for 30 s is taken for gone.
 */
export function socketLike(socket: WebSocket, line: Duplex, clock: Clock): SocketLike {
  let alive = true;
  let cancel = () => {};
  socket.on('pong', () => {
    alive = true;
  });
  const ping = () => {
    if (!alive) {
      socket.terminate();
      return;
    }
    alive = false;
    socket.ping();
    cancel = clock.after(PING_MS, ping);
  };
  cancel = clock.after(PING_MS, ping);
  socket.on('close', () => cancel());
  let corked = false;
  const uncork = () => {
    corked = false;
    line.uncork();
  };
  return {
    send: (bytes) => {
      if (socket.readyState !== socket.OPEN) return;
      if (!corked) {
        corked = true;
        line.cork();
        setImmediate(uncork);
      }
      line.write(frameOf(bytes));
    },
    close: (code, reason) => dismiss(socket, clock, code, reason),
    get buffered() {
      return line.writableLength;
    },
  };
}

/** Closes a socket, of which nothing more is heard; who does not answer the closing soon is cut off. */
export function dismiss(socket: WebSocket, clock: Clock, code: number, reason: string): void {
  socket.removeAllListeners('message');
  // The protocol gives a reason 123 bytes.
  socket.close(code, Buffer.from(reason).subarray(0, 120).toString().replaceAll('\ufffd', ''));
  const cancel = clock.after(FAREWELL_MS, () => socket.terminate());
  socket.once('close', cancel);
}
