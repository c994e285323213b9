import * as decoding from 'lib0/decoding';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { MESSAGE } from '../../lib/protocol';

/** An unmodified provider of somebody; acknowledgements, of which it knows nothing, are noted. It goes with the test. */
export function join(address: string, sessionId: string, user: string) {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(address, sessionId, doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    params: { user },
  });
  const wakers = new Set<() => void>();
  const wake = () => {
    for (const waker of wakers) waker();
  };
  const person = { doc, provider, saved: 0, refused: '', closed: 0, strips: doc.getMap<Y.Map<unknown>>('strips'), until };
  provider.messageHandlers[MESSAGE.saved] = (_encoder, decoder) => {
    person.saved = decoding.readVarUint(decoder);
    wake();
  };
  provider.messageHandlers[MESSAGE.refused] = (_encoder, decoder) => {
    decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    person.refused = decoding.readVarString(decoder);
    wake();
  };
  provider.on('connection-close', (event) => {
    person.closed = event?.code ?? 0;
    wake();
  });
  doc.on('update', wake);
  provider.on('sync', wake);
  provider.awareness.on('change', wake);
  onTestFinished(() => {
    provider.destroy();
    doc.destroy();
  });
  /** Resolves when the condition holds; looked at whenever something comes. */
  function until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        wakers.delete(look);
        resolve();
      };
      wakers.add(look);
      look();
    });
  }
  return person;
}
