import type { ServerOptions, WebSocket } from 'ws';
import type { Clock, SocketLike } from './ports';

const PING_MS = 30_000;

/**
 * How the server of these sockets is made. A little more than the largest message is let through, so that what is too large gets
 * its answer (4413) instead of a broken line.
 */
export const SOCKET_OPTIONS = {
  noServer: true,
  perMessageDeflate: false,
  maxPayload: 2 * 1024 * 1024,
} as const satisfies ServerOptions;

/** A room's view of a socket. A peer that answers no ping for 30 s is taken for gone. */
export function socketLike(socket: WebSocket, clock: Clock): SocketLike {
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
  return {
    send: (bytes) => {
      if (socket.readyState === socket.OPEN) socket.send(bytes);
    },
    // The protocol gives a reason 123 bytes.
    close: (code, reason) => socket.close(code, Buffer.from(reason).subarray(0, 120).toString().replaceAll('\ufffd', '')),
    get buffered() {
      return socket.bufferedAmount;
    },
  };
}
