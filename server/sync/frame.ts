const BINARY = 0x82;

let lastMessage: Uint8Array | null = null;
let lastFrame = Buffer.alloc(0);

/** A message as a WebSocket frame, as a server sends it (RFC 6455, 5.2: whole, binary, no mask). The last one is kept for its next receiver. */
export function frameOf(message: Uint8Array): Buffer {
  if (message === lastMessage) return lastFrame;
  const { length } = message;
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = BINARY;
  frame[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (header === 4) frame.writeUInt16BE(length, 2);
  if (header === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.set(message, header);
  lastMessage = message;
  lastFrame = frame;
  return frame;
}
