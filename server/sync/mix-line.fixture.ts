import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { client, type Heard, readHeard } from './hand-driven';

/** A line to the mix, what came over it, and what it was closed with. */
export class MixLine {
  readonly heard: Heard[] = [];
  code: number | null = null;
  private readonly wakers = new Set<() => void>();
  private readonly socket: WebSocket;

  constructor(url: string, cookie: string) {
    this.socket = new WebSocket(url, { headers: { cookie } });
    this.socket.on('message', (data: Buffer) => {
      this.heard.push(readHeard(new Uint8Array(data)));
      this.wake();
    });
    this.socket.on('close', (code) => {
      this.code = code;
      this.wake();
    });
    this.socket.on('error', () => {});
  }

  cut(): void {
    this.socket.terminate();
  }

  say(bytes: Uint8Array): void {
    if (this.code === null) this.socket.send(bytes);
  }

  /** Resolves when it holds, or the line has ended. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!holds() && this.code === null) return;
        this.wakers.delete(look);
        resolve();
      };
      this.wakers.add(look);
      look();
    });
  }

  async open(): Promise<this> {
    await this.until(() => this.heard.length > 0);
    return this;
  }

  /** Everything said so far has been handled: its state vector is answered in order. */
  async handled(): Promise<void> {
    const before = this.count('difference');
    this.say(client.sync(0, new Uint8Array([0])));
    await this.until(() => this.count('difference') > before);
  }

  count(what: Heard['what']): number {
    return this.heard.filter((one) => one.what === what).length;
  }

  get mix(): Y.Doc {
    const doc = new Y.Doc();
    for (const one of this.heard) if (one.what === 'difference' || one.what === 'update') Y.applyUpdate(doc, one.bytes);
    return doc;
  }

  private wake(): void {
    for (const waker of [...this.wakers]) waker();
  }
}
