import { connect, type Socket } from 'node:net';

const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
/** What is read of a line that is not yet complete: the largest message is a whole mix. */
const HEADER = 2;

/**
 * A WebSocket line of a load, its frames made by hand: the generator has to cost less than the server it measures. The mask that
 * the protocol asks of clients is zero.
 */
export class Line {
  /** Each message that comes, whole; the bytes are good until it returns. */
  onMessage: (bytes: Buffer) => void = () => {};
  onClose: (code: number) => void = () => {};
  private rest: Buffer = Buffer.alloc(0);
  private code = 1006;

  private constructor(private readonly socket: Socket) {}

  /** Opens a line; rejects when there is nobody, or the answer is no upgrade. */
  static open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Line> {
    const { hostname, port, pathname, search, host } = new URL(url);
    const wanted = { Upgrade: 'websocket', Connection: 'Upgrade', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': KEY, ...headers };
    const lines = Object.entries(wanted).map(([name, value]) => `${name}: ${value}\r\n`);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname);
      socket.setNoDelay(true);
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('The line was closed before it stood.')));
      socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\n${lines.join('')}\r\n`);
      let head = Buffer.alloc(0);
      const answered = (bytes: Buffer) => {
        head = Buffer.concat([head, bytes]);
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        socket.off('data', answered);
        socket.removeAllListeners('error');
        socket.removeAllListeners('close');
        const status = head.subarray(9, 12).toString();
        if (status !== '101') {
          socket.destroy();
          reject(new Error(`The line was answered with ${status}.`));
          return;
        }
        const line = new Line(socket);
        line.begin();
        resolve(line);
        const more = head.subarray(end + 4);
        // After whoever asked has said what to do with messages.
        if (more.length > 0) setImmediate(() => line.take(more));
      };
      socket.on('data', answered);
    });
  }

  send(message: Uint8Array): void {
    if (!this.socket.destroyed) this.socket.write(frame(BINARY, message));
  }

  /** Ends the line as a cut cable would. */
  cut(): void {
    this.socket.destroy();
  }

  private begin(): void {
    this.socket.on('data', (bytes) => this.take(bytes));
    this.socket.on('error', () => {});
    this.socket.on('close', () => this.onClose(this.code));
  }

  private take(bytes: Buffer): void {
    let data = this.rest.length > 0 ? Buffer.concat([this.rest, bytes]) : bytes;
    while (data.length >= HEADER) {
      const short = (data[1] ?? 0) & 127;
      const header = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (data.length < header) break;
      const length = short < 126 ? short : short === 126 ? data.readUInt16BE(2) : Number(data.readBigUInt64BE(2));
      if (data.length < header + length) break;
      this.hear((data[0] ?? 0) & 15, data.subarray(header, header + length));
      data = data.subarray(header + length);
    }
    this.rest = data;
  }

  private hear(opcode: number, payload: Buffer): void {
    if (opcode === BINARY) this.onMessage(payload);
    else if (opcode === PING) this.socket.write(frame(PONG, payload));
    else if (opcode === CLOSE) {
      this.code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
      this.socket.end(frame(CLOSE, payload));
    }
  }
}

const KEY = Buffer.alloc(16, 7).toString('base64');

function frame(opcode: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const bytes = Buffer.alloc(header + 4 + length);
  bytes[0] = 0x80 | opcode;
  bytes[1] = 0x80 | (length < 126 ? length : length < 65_536 ? 126 : 127);
  if (header === 4) bytes.writeUInt16BE(length, 2);
  if (header === 10) bytes.writeBigUInt64BE(BigInt(length), 2);
  bytes.set(payload, header + 4);
  return bytes;
}
