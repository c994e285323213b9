import * as Y from 'yjs';
import { MixDocument, newMix } from '../../lib/doc';
import type { Change, Mix } from '../../lib/mix';

/** A new mix's document to which commands are applied one after the other, as hands do it in a session. */
export class CommandedMix {
  private readonly document: MixDocument;

  constructor() {
    const doc = new Y.Doc();
    newMix(doc);
    this.document = new MixDocument(doc);
  }

  get mix(): Mix {
    return this.document.mix.get();
  }

  /** Throws for a command that had nothing to do: a change that the mix refuses is a mistake of who asks for it. */
  do(changes: readonly Change[]): void {
    if (changes.length === 0) throw new Error('That command changed nothing.');
    this.document.apply(changes);
  }
}
