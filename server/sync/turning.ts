import * as Y from 'yjs';
import { beginEpoch, readRecords } from '../../lib/doc';
import { CLOSE, type CloseCode } from '../../lib/protocol';
import type { UpdateLog } from '../ports';
import type { Content } from './content';
import { Outgrown } from './outgrown';
import type { Logger } from './ports';

interface TurningPorts {
  readonly log: UpdateLog;
  readonly logger: Logger;
  readonly limits: { readonly documentBytes: number };
}

/** What becomes of the room, which has one document all its life: it ends, and who comes next finds the mix in a new one. */
interface Ending {
  end(code: CloseCode, why: string): void;
  /** The session's log goes on with another document, which begins with this row. */
  tell(epoch: number, sequence: number): void;
}

/** Moves a mix whose document has outgrown to a fresh one. SPEC.md 12. */
export class Turning {
  private readonly outgrown: Outgrown;
  private begun = false;

  constructor(
    private readonly sessionId: string,
    private readonly ports: TurningPorts,
    private readonly ending: Ending,
  ) {
    this.outgrown = new Outgrown(ports.limits.documentBytes);
  }

  /** Begins a new document where it is time. */
  consider(content: Content): void {
    if (this.begun || !(content.gate.counts.heavy.size > 0 || this.outgrown.is(content.doc, content.gate.bytes))) return;
    this.begun = true;
    this.turn(content).catch((error: unknown) => {
      this.ports.logger.warn({ err: error, sessionId: this.sessionId }, 'A new document could not be begun; it will be tried again');
      // What this room holds may be ahead of what its people were told: the log has all of it.
      this.ending.end(CLOSE.overloaded, 'The mix could not be tidied up; come back.');
    });
  }

  /** Another instance has begun a new document. */
  moved(): void {
    this.ending.end(CLOSE.moved, 'The mix goes on in a new document.');
  }

  private async turn({ doc, epoch, followed }: Content): Promise<void> {
    const sequence = await this.ports.log.turn(this.sessionId, { epoch, through: followed.through }, (later) => {
      doc.transact(() => {
        for (const { update } of later) Y.applyUpdate(doc, update);
      });
      return beginEpoch(readRecords(doc), epoch + 1);
    });
    if (sequence !== null) this.ending.tell(epoch + 1, sequence);
    this.moved();
  }
}
