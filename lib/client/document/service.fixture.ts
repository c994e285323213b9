import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import { beginEpoch, epochOf, newMix, readRecords } from '../../doc';
import { CLOSE, MESSAGE } from '../../protocol';
import type { Socket } from './watched-socket';

const frameOf = (write: (encoder: encoding.Encoder) => void): Uint8Array => {
  const encoder = encoding.createEncoder();
  write(encoder);
  return encoding.toUint8Array(encoder);
};

/** The update in a sync frame of subtype 1 or 2. */
function updateIn(frame: Uint8Array): Uint8Array {
  const decoder = decoding.createDecoder(frame);
  decoding.readVarUint(decoder);
  decoding.readVarUint(decoder);
  return decoding.readVarUint8Array(decoder);
}

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
  /** What has come and is not on disk, in order. */
  private unsaved: { readonly line: Line; readonly n: number; readonly update: Uint8Array }[] = [];
  private disk = new Y.Doc();

  /** A service whose disk holds `mix` already. */
  constructor(mix: Readonly<Record<string, unknown>> = {}) {
    for (const [key, value] of Object.entries(mix)) this.disk.getMap('mix').set(key, value);
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.disk));
  }

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

  /** From now on it holds a mix as the layout knows it, which it has begun. */
  begin(): this {
    const doc = new Y.Doc();
    newMix(doc);
    return this.replaceBy(beginEpoch(readRecords(doc), 0));
  }

  /** Goes on with a fresh document of what is on disk; whoever is connected has to come again. */
  turn(): void {
    const epoch = epochOf(this.disk.store.clients.keys()) ?? 0;
    this.unsaved = [];
    this.replaceBy(beginEpoch(readRecords(this.disk), epoch + 1));
    for (const line of this.lines) line.end(CLOSE.moved);
  }

  private replaceBy(update: Uint8Array): this {
    this.disk = new Y.Doc();
    this.doc = new Y.Doc();
    for (const doc of [this.disk, this.doc]) Y.applyUpdate(doc, update);
    return this;
  }

  /** Dies: what is not on disk is lost with it. */
  die(): void {
    this.up = false;
    for (const line of this.lines) line.end(1006);
    this.unsaved = [];
    this.doc = new Y.Doc();
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.disk));
  }

  take(line: Line, frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    if (decoding.readVarUint(decoder) !== MESSAGE.sync) return;
    if (line.readyState !== 1) return;
    if (this.isStale(frame)) {
      line.end(CLOSE.moved);
      return;
    }
    const answer = encoding.createEncoder();
    encoding.writeVarUint(answer, MESSAGE.sync);
    const subtype = sync.readSyncMessage(decoder, answer, this.doc, 'client');
    if (encoding.length(answer) > 1) line.tell(encoding.toUint8Array(answer));
    if (subtype === 0) return;
    line.updates++;
    this.unsaved.push({ line, n: line.updates, update: updateIn(frame) });
    if (this.saves) this.save();
  }

  /** True for the question of who holds a document of before. */
  private isStale(frame: Uint8Array): boolean {
    const decoder = decoding.createDecoder(frame);
    decoding.readVarUint(decoder);
    if (decoding.readVarUint(decoder) !== 0) return false;
    const theirs = epochOf(Y.decodeStateVector(decoding.readVarUint8Array(decoder)).keys());
    return theirs !== null && theirs !== epochOf(this.doc.store.clients.keys());
  }

  /** Writes the first `count` of what has come to disk, and acknowledges it. */
  save(count = this.unsaved.length): void {
    for (const { line, n, update } of this.unsaved.splice(0, count)) {
      Y.applyUpdate(this.disk, update);
      line.tell(
        frameOf((encoder) => {
          encoding.writeVarUint(encoder, MESSAGE.saved);
          encoding.writeVarUint(encoder, n);
        }),
      );
    }
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
