import type { Cookie } from '@playwright/test';
import { createDecoder, readVarUint } from 'lib0/decoding';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { MESSAGE } from '../../lib/protocol';

/** A program in a session. */
export interface Joined {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  /** The highest n of [101, n] so far. */
  saved(): number;
  close(): void;
}

/**
 * Joins a session as any program may: by an unmodified y-websocket provider, with a cookie. Resolves when it is in step
 * with the service.
 */
export async function join(url: string, sessionId: string, cookie: string): Promise<Joined> {
  let saved = 0;
  class Socket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers: { cookie, origin: url } });
      this.on('message', (data: ArrayBuffer | Buffer) => {
        const decoder = createDecoder(new Uint8Array(data));
        if (readVarUint(decoder) === MESSAGE.saved) saved = readVarUint(decoder);
      });
    }
  }
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/sync`, sessionId, doc, {
    WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
  await new Promise<void>((synced) => provider.once('sync', () => synced()));
  return {
    doc,
    provider,
    saved: () => saved,
    close: () => {
      provider.destroy();
      doc.destroy();
    },
  };
}

export function fader(doc: Y.Doc, strip: string): unknown {
  const record = doc.getMap('strips').get(strip);
  return record instanceof Y.Map ? record.get('fader') : undefined;
}

export function setFader(doc: Y.Doc, strip: string, value: number): void {
  const record = doc.getMap('strips').get(strip);
  if (!(record instanceof Y.Map)) throw new Error(`there is no strip ${strip}`);
  record.set('fader', value);
}

/** Tries to write as the owner of these cookies, and tells what the others' document says of it afterwards. */
export async function writeRaw(
  url: string,
  sessionId: string,
  cookies: readonly Cookie[],
  strip: string,
  value: number,
): Promise<'kept' | 'dropped'> {
  const cookie = cookies.map(({ name, value: content }) => `${name}=${content}`).join('; ');
  const writer = await join(url, sessionId, cookie);
  setFader(writer.doc, strip, value);
  const closed = new Promise((resolve) => writer.provider.once('connection-close', resolve));
  await Promise.race([closed, new Promise((later) => setTimeout(later, 300))]);
  writer.close();
  const reader = await join(url, sessionId, cookie);
  const result = fader(reader.doc, strip) === value ? 'kept' : 'dropped';
  reader.close();
  return result;
}
