import { createDecoder, readVarUint } from 'lib0/decoding';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { STRIP_ROWS } from '../../../lib/mix';
import { MESSAGE } from '../../../lib/protocol';
import type { Figure } from '../figure';
import { type Place, places } from './company';
import { passed } from './delays';
import type { Peer } from './peer';

const PEOPLE = 10;
const HERTZ = 20;
const KILLS = Number(process.env['KILLS'] ?? 20);
/** All pages have to be equal so long after the port is back. */
const MOST_MS = 5000;

/** An unmodified y-websocket page of somebody who drags, and what it may take for granted. */
class Page {
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
const equal = (pages: readonly Page[], all: readonly Page[]): boolean =>
  all.every((page) => page.synced && pages.every((writer) => page.valueOf(writer) === writer.valueOf(writer)));

/** Ends the service as a power cut would while ten people drag, again and again. What was told to be on disk must be there. */
export async function kills([peer]: readonly Peer[]): Promise<Figure[]> {
  const [place] = peer ? await places(peer, 1, PEOPLE) : [];
  if (!peer || !place) return [];
  const pages = Array.from({ length: PEOPLE }, (_, n) => new Page(place, n));
  while (!pages.every(({ synced }) => synced)) await passed(20);
  let lost = 0;
  let slowest = 0;
  let acknowledged = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const dragging = setInterval(() => {
      for (const page of pages) page.drag();
    }, 1000 / HERTZ);
    await passed(400 + ((kill * 137) % 500));
    await peer.end('SIGKILL');
    clearInterval(dragging);
    const safe = pages.map((page) => page.safe);
    await peer.start();
    const back = performance.now();
    // What is on disk, seen by somebody who brings nothing.
    const stranger = new Page({ ...place, cookies: place.cookies.slice(0, 1) }, 0);
    while (!stranger.synced) await passed(5);
    for (const [n, page] of pages.entries()) if (stranger.valueOf(page) < (safe[n] ?? 0)) lost++;
    acknowledged += safe.reduce((sum, value) => sum + value, 0);
    while (!equal(pages, [...pages, stranger])) {
      if (performance.now() - back > 4 * MOST_MS) break;
      await passed(10);
    }
    slowest = Math.max(slowest, performance.now() - back);
    stranger.close();
    console.log(
      `  kill ${kill + 1}: ${safe.join(' ')} acknowledged, ${equal(pages, pages) ? 'equal' : 'NOT equal'} after ${(performance.now() - back).toFixed(0)} ms`,
    );
  }
  for (const page of pages) page.close();
  return [
    {
      name: `sync, ${KILLS} × kill -9 with 10 people dragging: acknowledged and lost`,
      value: lost,
      unit: 'changes',
      goal: 0,
      holds: lost === 0 && acknowledged > 0,
    },
    { name: 'sync, kill -9: all pages equal after the port is back', value: slowest / 1000, unit: 's', goal: 5, holds: slowest <= MOST_MS },
  ];
}
