import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

/** A bare relay, the least that any server can do: each message goes to all others who came by the same path. */
const rooms = new Map<string, Set<WebSocket>>();
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
const server = createServer((_, response) => response.end('ready'));

server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (opened) => {
    const path = request.url ?? '/';
    const room = rooms.get(path) ?? new Set();
    rooms.set(path, room.add(opened));
    opened.on('message', (message) => {
      for (const other of room) if (other !== opened) other.send(message);
    });
    opened.on('error', () => opened.terminate());
    opened.on('close', () => {
      room.delete(opened);
      if (room.size === 0) rooms.delete(path);
    });
  });
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
