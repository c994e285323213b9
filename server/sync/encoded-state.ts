import * as Y from 'yjs';
import { Bucket } from '../../lib/std';
import { encodeDifference } from './codec';
import { FIXED } from './limits';

const MOST_TAIL = 200;

/**
 * The document ready to be sent. An exact difference is made for whoever names what they have, within a budget; past it, and to
 * newcomers, goes the whole as it was last encoded with the updates since, which costs nobody the time of encoding a heavy document
 * and brings everybody to the same state.
 */
export class EncodedState {
  private whole: Uint8Array | null = null;
  private tail: Uint8Array[] = [];
  private readonly exact: Bucket;

  constructor(
    private readonly doc: Y.Doc,
    now: number,
  ) {
    this.exact = new Bucket(FIXED.exactPerSecond, FIXED.exactAtOnce, now);
  }

  /** Notes an update message that was just broadcast. */
  add(updateMessage: Uint8Array): void {
    if (!this.whole) return;
    this.tail.push(updateMessage);
    if (this.tail.length > MOST_TAIL) this.whole = null;
  }

  /** The messages that bring a client with `vector` up to date, at `now` (ms). Throws when the vector cannot be read. */
  messagesFor(vector: Uint8Array, now: number): readonly Uint8Array[] {
    if (Y.decodeStateVector(vector).size > 0 && this.exact.take(now, this.cost())) {
      return [encodeDifference(Y.encodeStateAsUpdate(this.doc, vector))];
    }
    if (!this.whole) {
      this.whole = encodeDifference(Y.encodeStateAsUpdate(this.doc));
      this.tail = [];
    }
    return [this.whole, ...this.tail];
  }

  /** Structs of the document: making any difference looks at each of them, and writes as many as the client names to lack. */
  private cost(): number {
    let structs = 0;
    for (const { length } of this.doc.store.clients.values()) structs += length;
    return structs;
  }
}
