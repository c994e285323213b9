import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import { MESSAGE } from '../../protocol';
import type { Socket } from './watched-socket';

const frameOf = (write: (encoder: encoding.Encoder) => void): Uint8Array => {
  const encoder = encoding.createEncoder();
  write(encoder);
  return encoding.toUint8Array(encoder);
};

/** One line of the fixture's service, as the client's end of it. */
class Line implements Socket {
  binaryType: BinaryType = 'arraybuffer';
  readyState = 0;
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onerror: Socket['onerror'] = null;
  onclose: Socket['onclose'] = null;
  /** Update frames that have come over this line. */
  updates = 0;
  readonly received: Uint8Array[] = [];

  constructor(private readonly service: Service) {}

  open(): void {
    this.readyState = 1;
    this.onopen?.(new Event('open'));
  }

  send(frame: Uint8Array<ArrayBuffer>): void {
    this.received.push(frame);
    this.service.take(this, frame);
  }

  /** From the service to the page. */
  tell(frame: Uint8Array): void {
    if (this.readyState === 1) this.onmessage?.(new MessageEvent('message', { data: new Uint8Array(frame).buffer }));
  }

  close(): void {
    this.end(1005);
  }

  end(code: number): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code, reason: '' } as CloseEvent);
  }
}

/**
 * The service's end of the mix's line in memory, speaking real bytes: applies, and acknowledges when told to. It holds
 * nothing but one document, so that the client's part can be tested by hand, step by step.
 */
export class Service {
  doc = new Y.Doc();
  /** Whether lines come about at all. */
  up = true;
  /** Whether frames are acknowledged as they come. */
  saves = true;
  readonly lines: Line[] = [];

  readonly open = (): Socket => {
    const line = new Line(this);
    this.lines.push(line);
    queueMicrotask(() => {
      if (!this.up) return line.end(1006);
      line.open();
      line.tell(
        frameOf((encoder) => {
          encoding.writeVarUint(encoder, MESSAGE.sync);
          sync.writeSyncStep1(encoder, this.doc);
        }),
      );
    });
    return line;
  };

  get line(): Line {
    const line = this.lines.at(-1);
    if (!line) throw new Error('nobody has connected');
    return line;
  }

  /** Dies: what it has not acknowledged is lost with it. */
  die(asOf: Uint8Array): void {
    this.up = false;
    for (const line of this.lines) line.end(1006);
    this.doc = new Y.Doc();
    Y.applyUpdate(this.doc, asOf);
  }

  take(line: Line, frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    if (decoding.readVarUint(decoder) !== MESSAGE.sync) return;
    const answer = encoding.createEncoder();
    encoding.writeVarUint(answer, MESSAGE.sync);
    const subtype = sync.readSyncMessage(decoder, answer, this.doc, 'client');
    if (encoding.length(answer) > 1) line.tell(encoding.toUint8Array(answer));
    if (subtype === 0) return;
    line.updates++;
    if (this.saves) this.save(line);
  }

  /** Acknowledges what has come over a line, or the first `count` of it. */
  save(line: Line, count = line.updates): void {
    line.tell(
      frameOf((encoder) => {
        encoding.writeVarUint(encoder, MESSAGE.saved);
        encoding.writeVarUint(encoder, count);
      }),
    );
  }

  refuse(line: Line, code: number): void {
    line.tell(
      frameOf((encoder) => {
        encoding.writeVarUint(encoder, MESSAGE.refused);
        encoding.writeVarUint(encoder, line.updates);
        encoding.writeVarUint(encoder, code);
        encoding.writeVarString(encoder, 'no such field');
      }),
    );
    line.end(code);
  }
}
