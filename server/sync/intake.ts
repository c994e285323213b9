import * as Y from 'yjs';
import { may } from '../../lib/access';
import { epochOf } from '../../lib/doc';
import { CLOSE, type CloseCode } from '../../lib/protocol';
import { encodeRefused } from './codec';
import type { Company } from './company';
import type { Connection } from './connection';
import type { Content } from './content';
import { addsNothing, type DecodedUpdate, decodeUpdate, hasGap, Refusal } from './decoded-update';
import { Forbearance } from './forbearance';
import { FIXED, type SyncLimits } from './limits';
import type { Clock, Logger, SyncMeasures } from './ports';

interface IntakePorts {
  readonly clock: Clock;
  readonly limits: SyncLimits;
  readonly logger: Logger;
  readonly measures?: SyncMeasures | undefined;
}

/** With which message of whom an update came. */
export interface From {
  readonly connection: Connection;
  readonly n: number;
  /** All messages of the connection up to the `n`-th are settled by this one. */
  readonly whole: boolean;
  /** The client id under which it was written; null where it only deletes. */
  readonly client: number | null;
}

/** What becomes of an update. */
interface Outcomes {
  /** Updates that were admitted and are not yet on disk, in order. */
  underWay(): readonly Uint8Array[];
  admitted(update: Uint8Array, from: From): void;
  /** It holds nothing that was not admitted before, if perhaps only just. */
  known(connection: Connection, n: number, whole: boolean): void;
  /** A message was settled at once. */
  settled(connection: Connection): void;
}

/** Takes what people write: size, role, budget, then the gate. SPEC.md 3 to 5. */
export class Intake {
  private readonly forbearance: Forbearance;

  constructor(
    private readonly sessionId: string,
    private readonly ports: IntakePorts,
    private readonly company: Company,
    private readonly outcomes: Outcomes,
  ) {
    this.forbearance = new Forbearance(ports.clock);
  }

  /** Whether somebody was refused so often that they stay outside for now. */
  bars(userId: string): boolean {
    return this.forbearance.bars(userId);
  }

  /** An update of a connection; `first`: the answer to our state vector. */
  receive(connection: Connection, bytes: Uint8Array, first: boolean, content: Content): void {
    const n = connection.acknowledgements.next();
    const { limits } = this.ports;
    const most = first && connection.awaitsDifference ? limits.firstDifferenceBytes : limits.messageBytes;
    if (bytes.length > most) {
      const why = `The update has ${Math.ceil(bytes.length / 1024)} KB; one message may have ${Math.floor(most / 1024)} KB.`;
      this.refuse(connection, n, CLOSE.tooLarge, why);
      return;
    }
    try {
      const update = decodeUpdate(bytes);
      if (isElsewhere(update, content.epoch)) this.refuse(connection, n, CLOSE.moved, 'The mix goes on in a new document.');
      else this.take(connection, n, update, first, content);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.refuse(connection, n, CLOSE.refused, error.message, error.costly ? FIXED.costlyRefusal : 1);
    }
  }

  private take(connection: Connection, n: number, update: DecodedUpdate, first: boolean, content: Content): void {
    if (!may(connection.who.role, 'mix.write')) {
      if (addsNothing(content.doc, update)) {
        connection.acknowledgements.settle(n);
        this.outcomes.settled(connection);
      } else connection.leftOut = true;
      return;
    }
    if (!first && connection.awaitsDifference && hasGap(content.gate.ahead, update)) {
      if (!connection.hold(n, update)) this.refuse(connection, n, CLOSE.tooLarge, 'Too much before the first difference.');
      return;
    }
    if (!this.affords(connection, update, first)) return;
    this.admit(connection, n, update, first, content);
    if (!first) return;
    connection.awaitsDifference = false;
    connection.leftOut = false;
    for (const held of connection.takeHeld()) this.admit(connection, held.n, held.update, false, content);
  }

  /** Past what a user may ask for the line is cut, and what was on it comes again. */
  private affords(connection: Connection, { structs, deletions }: DecodedUpdate, first: boolean): boolean {
    // A first difference names all deletions that ever were.
    if (this.forbearance.affords(connection.who.user.id, structs.length + (first ? 0 : deletions.length))) return true;
    this.company.close(connection, CLOSE.tooFast, 'Too many changes at once; what is not saved yet will be sent again.');
    return false;
  }

  private admit(connection: Connection, n: number, update: DecodedUpdate, whole: boolean, { gate, doc }: Content): void {
    if (gate.admit(update, connection.who.user.id, () => this.outcomes.underWay()) === 'nothing') {
      // What is there already may still be on its way to the disk: it is settled behind all that is.
      this.outcomes.known(connection, n, whole);
      return;
    }
    const client = update.ranges.find((range) => range.until > Y.getState(doc.store, range.client))?.client ?? null;
    this.outcomes.admitted(update.bytes, { connection, n, whole, client });
  }

  private refuse(connection: Connection, n: number, code: CloseCode, why: string, cost = 1): void {
    this.ports.logger.warn({ sessionId: this.sessionId, userId: connection.who.user.id, n, code }, `Update refused: ${why}`);
    this.ports.measures?.refused(code);
    this.company.send(connection, encodeRefused(n, code, why));
    this.forbearance.refused(connection.who.user.id, cost);
    this.company.close(connection, code, why);
  }
}

/** True for what is of another document of the session. */
function isElsewhere({ ranges, deletions }: DecodedUpdate, epoch: number): boolean {
  const found = epochOf([...ranges, ...deletions].map(({ client }) => client));
  return found !== null && found !== epoch;
}
