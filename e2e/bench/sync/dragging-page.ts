import { createDecoder, readVarUint } from 'lib0/decoding';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { STRIP_ROWS } from '../../../lib/mix';
import { MESSAGE } from '../../../lib/protocol';
import type { Place } from './company';

/** An unmodified y-websocket page of somebody who drags, and what it may take for granted. */
export class Page {
  readonly doc = new Y.Doc();
  /** The newest value of its own that the service has said is on disk. */
  safe = 0;
  private readonly provider: WebsocketProvider;
  /** The value that each update message of this line carried. */
  private sent: number[] = [];
  private value = 0;

  constructor(
    { url, cookies }: Place,
    readonly n: number,
  ) {
    const page = this;
    class Line extends WebSocket {
      constructor(address: string | URL) {
        super(address, { headers: { cookie: cookies[n] ?? '' } });
        page.sent = [];
        this.on('message', (data: Buffer) => page.hear(new Uint8Array(data)));
      }

      override send(data: Parameters<WebSocket['send']>[0]): void {
        const decoder = createDecoder(data as Uint8Array);
        if (readVarUint(decoder) === MESSAGE.sync && readVarUint(decoder) > 0) page.sent.push(page.value);
        super.send(data);
      }
    }
    const [, base = '', session = ''] = /^(.*)\/([^/]+)$/.exec(url) ?? [];
    this.provider = new WebsocketProvider(base, session, this.doc, {
      WebSocketPolyfill: Line as unknown as typeof globalThis.WebSocket,
      disableBc: true,
      maxBackoffTime: 1000,
    });
    // Told here already; the provider itself knows nothing of it.
    for (const type of [MESSAGE.saved, MESSAGE.refused, MESSAGE.hand]) this.provider.messageHandlers[type] = () => {};
    this.provider.on('closed', ({ code, reason }) => console.log(`  page ${n} was closed for good: ${code} ${reason}`));
  }

  get synced(): boolean {
    return this.provider.synced;
  }

  get field(): string {
    return STRIP_ROWS[this.n]?.id ?? 'fader';
  }

  drag(): void {
    this.value++;
    this.doc
      .getMap<Y.Map<unknown>>('strips')
      .get('room')
      ?.set(this.field, this.value + 0.5);
  }

  valueOf(page: Page): number {
    const value: unknown = this.doc.getMap<Y.Map<unknown>>('strips').get('room')?.get(page.field);
    return typeof value === 'number' ? value - 0.5 : 0;
  }

  close(): void {
    this.provider.destroy();
  }

  private hear(bytes: Uint8Array): void {
    const decoder = createDecoder(bytes);
    if (readVarUint(decoder) !== MESSAGE.saved) return;
    this.safe = Math.max(this.safe, ...this.sent.slice(0, readVarUint(decoder)));
  }
}

/** Every page shows what each of them set last. */
export const equal = (pages: readonly Page[], all: readonly Page[]): boolean =>
  all.every((page) => page.synced && pages.every((writer) => page.valueOf(writer) === writer.valueOf(writer)));
