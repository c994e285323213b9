import { createServer } from 'node:http';
import { setupWSConnection } from '@y/websocket-server/utils';
import { WebSocketServer } from 'ws';

/** The y-websocket reference server as its own program sets it up, with its store where `YPERSISTENCE` names a folder. */
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
const server = createServer((_, response) => response.end('ready'));

server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (opened) => setupWSConnection(opened, request, {}));
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
