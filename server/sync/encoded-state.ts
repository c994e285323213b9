import * as Y from 'yjs';
import { encodeDifference } from './codec';

const MOST_TAIL = 200;

/**
 * The whole document ready to be sent: its last encoding and the updates since, so that a newcomer costs nobody the time of
 * encoding a heavy document.
 */
export class EncodedState {
  private base: Uint8Array | null = null;
  private tail: Uint8Array[] = [];

  constructor(private readonly doc: Y.Doc) {}

  /** Notes an update message that was just broadcast. */
  add(updateMessage: Uint8Array): void {
    if (!this.base) return;
    this.tail.push(updateMessage);
    if (this.tail.length > MOST_TAIL) this.base = null;
  }

  /** The messages that bring a client with `vector` up to date. Throws when the vector cannot be read. */
  messagesFor(vector: Uint8Array): readonly Uint8Array[] {
    if (Y.decodeStateVector(vector).size > 0) return [encodeDifference(Y.encodeStateAsUpdate(this.doc, vector))];
    if (!this.base) {
      this.base = encodeDifference(Y.encodeStateAsUpdate(this.doc));
      this.tail = [];
    }
    return [this.base, ...this.tail];
  }
}
