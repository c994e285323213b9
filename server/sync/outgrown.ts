import * as Y from 'yjs';
import { beginEpoch, readRecords } from '../../lib/doc';
import { FIXED } from './limits';

/** Sees when a document is to a good part the past of its mix, so that it should begin anew. SPEC.md 12.1. */
export class Outgrown {
  /** How many bytes of the past are too many. */
  private readonly most: number;
  /** The size at which it is looked at again. */
  private next: number;

  constructor(documentBytes: number) {
    this.most = documentBytes * FIXED.pastShare;
    this.next = this.most;
  }

  /** `size`: what the document has in bytes, or more. Nearly always a look at two numbers. */
  is(doc: Y.Doc, size: number): boolean {
    if (doc.store.clients.size > FIXED.mostClients) return true;
    if (size < this.next) return false;
    const past = Y.encodeStateAsUpdate(doc).length - beginEpoch(readRecords(doc), 0).length;
    // The past grows no faster than what is written.
    this.next = size + Math.max(this.most - past, this.most / 4);
    return past > this.most;
  }
}
