import * as Y from 'yjs';
import { may, type Role } from '../../lib/access';
import { epochOf, mixOfRecords, readMix, readRecords, transactChanges } from '../../lib/doc';
import type { Change, Look, Mix, Records } from '../../lib/mix';
import { CLOSE, type CloseCode } from '../../lib/protocol';
import type { LoggedUpdate, NewGesture, NewUpdate } from '../ports';
import { decodeMessage, encodeSaved, encodeStateVector, encodeUpdate, type Message } from './codec';
import { Compaction } from './compaction';
import { Company } from './company';
import type { Connection } from './connection';
import { type Content, loadContent } from './content';
import type { EncodedState } from './encoded-state';
import { Following } from './following';
import { SERVER } from './gate';
import { type Doing, Gestures } from './gestures';
import { type CommitSink, type Entry, Moved } from './group-commit';
import { type From, Intake } from './intake';
import { FIXED } from './limits';
import { recordsAfter } from './past';
import type { SocketLike, Who } from './ports';
import type { RoomPorts } from './room-ports';
import { applied } from './rows';
import { Turning } from './turning';

/** An update on its way to the disk, and whom to tell. */
interface Flight extends Entry {
  readonly connection: Connection | null;
  readonly n: number;
  /** All messages of the connection up to the `n`-th are settled by this one. */
  readonly whole: boolean;
  readonly done?: (error: unknown) => void;
}

/** Makes changes from the newest mix, and the records as the document holds them. */
export type Build = (mix: Mix, look: Look) => readonly Change[];

const UPKEEP = { userId: null, upkeep: true } as const;

/**
 * One session's document and all who are connected to it. Knows a socket by three methods, time by a clock and the disk by a log.
 * SPEC.md numbers the rules.
 */
export class Room implements CommitSink<Flight> {
  /** Resolves when the document is there; rejects when it could not be read. */
  readonly loaded: Promise<void>;
  private content: Content | null = null;
  private readonly following: Following;
  private readonly compaction: Compaction;
  private readonly company: Company;
  private flights: Flight[] = [];
  private readonly intake: Intake;
  private readonly turning: Turning;
  private over = false;
  private mix: Mix | null = null;
  private readonly gestures = new Gestures();
  private cancelKeeping: (() => void) | null = null;
  private rolesCheckedAt: number;

  constructor(
    readonly sessionId: string,
    private readonly ports: RoomPorts,
  ) {
    this.following = new Following(sessionId, ports, {
      content: () => this.content,
      company: () => this.company,
      took: (change, rows) => this.took(change, rows),
      settled: () => this.written(null),
      astray: () => void this.end(CLOSE.refused, 'This mix had become another one here than for the others; it is read anew.'),
      moved: () => this.turning.moved(),
    });
    this.company = new Company(ports.clock, ports.limits, this.following.peers);
    this.intake = new Intake(sessionId, ports, this.company, {
      underWay: () => this.flights.flatMap(({ update }) => (update ? [update.update] : [])),
      known: (connection, n, whole) => this.fly({ update: null, connection, n, whole }),
      admitted: (update, from) => this.admitted(update, from),
      settled: (connection) => this.tellSaved(connection),
    });
    this.turning = new Turning(sessionId, ports, {
      end: (code, why) => void this.end(code, why),
      tell: (epoch, sequence) => this.following.tellMoved(epoch, sequence, ports.clock.now()),
    });
    this.compaction = new Compaction(sessionId, ports, {
      readAll: () => this.following.readAll().then(() => this.there.followed),
      encode: () => this.encode(),
    });
    this.rolesCheckedAt = ports.clock.now();
    this.loaded = this.load();
  }

  get people(): readonly Connection[] {
    return this.company.all;
  }

  /** The ids of all who are in it, on whatever instance. */
  get users(): ReadonlySet<string> {
    return this.company.users;
  }

  /** True when forgetting the room loses nothing. */
  get idle(): boolean {
    return this.company.size === 0 && this.flights.length + this.gestures.behind === 0 && !this.compaction.active;
  }

  join(socket: SocketLike, who: Who): Connection {
    const connection = this.company.join(socket, who);
    if (this.over) this.company.close(connection, CLOSE.overloaded, 'The mix is being read anew; come back.');
    else if (this.intake.bars(who.user.id)) {
      this.company.close(connection, CLOSE.tooFast, 'Too many refused changes; try again in half a minute.');
    } else if (this.content) this.greet(connection, this.content);
    return connection;
  }

  leave(connection: Connection): void {
    this.company.leave(connection);
  }

  /** A message of a connection, whole. */
  receive(connection: Connection, bytes: Uint8Array): void {
    if (connection.closed) return;
    const now = this.ports.clock.now();
    if (!connection.messages.take(now)) {
      this.company.close(connection, CLOSE.tooFast, 'Too many messages.');
      return;
    }
    if (!this.content) {
      if (!connection.inbox.keep(bytes)) this.company.close(connection, CLOSE.tooLarge, 'Too much before the mix was loaded.');
      return;
    }
    if (now - this.rolesCheckedAt >= FIXED.roleCheckMs) this.checkRoles(now);
    const message = decodeMessage(bytes);
    if (message) this.act(connection, message, this.content);
    else this.company.close(connection, CLOSE.malformed, 'Not a message of this protocol.');
  }

  /** A user's role changed, or ended with null: acts on every open socket of theirs at once. */
  setRole(userId: string, role: Role | null): void {
    for (const connection of this.company.all) if (connection.who.user.id === userId) this.giveRole(connection, role);
  }

  /** The mix as it is on disk. */
  read(): Mix {
    this.mix ??= readMix(this.there.doc);
    return this.mix;
  }

  /** All records, as they are on disk. */
  records(): Records {
    return readRecords(this.there.doc);
  }

  /** The whole document as one update, as it is on disk. */
  encode(): Uint8Array {
    return Y.encodeStateAsUpdate(this.there.doc);
  }

  /** The records as they were when the gesture that began with the row `sequence` had been made, and no later one. */
  async pastRecords(sequence: number): Promise<Records> {
    await this.keepGestures();
    return await recordsAfter(sequence, this.records(), this.ports.log, this.sessionId);
  }

  async past(sequence: number): Promise<Mix> {
    return mixOfRecords(await this.pastRecords(sequence));
  }

  /** What comes from now on begins gestures of its own, so that the present can be told from it later. */
  endGestures(): void {
    this.gestures.endAll();
  }

  /**
   * A change of the server's own, or of somebody by its hand, by the same way as everybody's. Resolves when it is on disk, with the
   * id of the gesture that it is; null where it changed nothing.
   */
  async edit(build: Build, by: Omit<Doing, 'at'> = UPKEEP): Promise<string | null> {
    const { gate } = this.there;
    gate.takeDifferences();
    const update = gate.write((shadow) => transactChanges(shadow, build(readMix(shadow), gate.look), SERVER));
    const row = update && this.row(update, by.userId, gate.ahead.clientID, by);
    await this.written(row);
    return row?.gesture?.id ?? null;
  }

  /** Writes down how far every gesture has gone; resolves when what was done until now is in the history. */
  async keepGestures(): Promise<void> {
    this.cancelKeeping?.();
    this.cancelKeeping = null;
    if (!this.content || this.flights.length + this.gestures.behind === 0) return;
    await this.written(null, this.gestures.takeBehind());
  }

  /** Closes every socket. */
  closeAll(code: CloseCode, reason: string): void {
    for (const connection of this.company.all) this.company.close(connection, code, reason);
  }

  destroy(): void {
    this.cancelKeeping?.();
    this.company.destroy();
    this.following.close();
    this.content?.gate.destroy();
    this.content?.doc.destroy();
  }

  committed(flights: readonly Flight[], rows: readonly LoggedUpdate[]): void {
    const { doc, followed, encoded } = this.there;
    this.flights.splice(0, flights.length);
    const senders = new Set(flights.map(({ connection }) => connection));
    const [only] = senders.size === 1 ? senders : [];
    if (rows.length > 0) this.broadcast(applied(doc, rows), only ?? null, encoded);
    const { measures, clock } = this.ports;
    for (const { at } of rows) measures?.delivered((clock.now() - at) / 1000);
    for (const { sequence } of rows) followed.note(sequence);
    this.following.peers?.written(rows);
    this.compaction.count(rows.length);
    for (const { connection, n, whole } of flights) {
      if (whole) connection?.acknowledgements.settleUpTo(n);
      else connection?.acknowledgements.settle(n);
    }
    for (const connection of new Set(flights.map((flight) => flight.connection))) if (connection) this.tellSaved(connection);
    for (const { done } of flights) done?.(null);
    if (this.over) return;
    void this.compaction.whenLong();
    if (rows.length > 0) this.turning.consider(this.there);
  }

  failed(flights: readonly Flight[], error: unknown): void {
    const moved = error instanceof Moved;
    if (!moved) this.ports.logger.error({ err: error, sessionId: this.sessionId }, 'Updates could not be written; their senders keep them');
    this.flights.splice(0, flights.length);
    // Those that began with an update of these; others may only have come to more.
    const lost = flights.flatMap(({ update }) => (update?.gesture?.at === update?.at && update?.gesture ? [update.gesture.id] : []));
    this.gestures.forget(new Set(lost), () => this.records());
    this.keepGesturesSoon();
    if (moved) this.turning.moved();
    else this.there.gate.rebuild(this.flights.flatMap(({ update }) => (update ? [update.update] : [])));
    for (const { connection, done } of flights) {
      if (connection) this.company.close(connection, CLOSE.overloaded, 'The change could not be saved; it will be sent again.');
      done?.(error);
    }
  }

  private get there(): Content {
    if (!this.content) throw new Error(`The mix of session ${this.sessionId} is not loaded`);
    return this.content;
  }

  private async load(): Promise<void> {
    const content = await loadContent(this.sessionId, this.ports);
    this.content = content;
    this.compaction.count(content.rows);
    this.following.loaded(content);
    for (const connection of this.company.all) {
      this.greet(connection, content);
      for (const bytes of connection.inbox.take()) this.receive(connection, bytes);
    }
  }

  private greet(connection: Connection, { doc }: Content): void {
    this.company.send(connection, encodeStateVector(Y.encodeStateVector(doc)));
    this.company.tellPresent(connection);
  }

  private act(connection: Connection, message: Message, content: Content): void {
    switch (message.kind) {
      case 'state-vector':
        this.answerState(connection, message.bytes, content);
        break;
      case 'update':
        this.intake.receive(connection, message.bytes, message.first, content);
        break;
      case 'awareness':
        this.company.hearAwareness(connection, message.entries);
        break;
      case 'query-awareness':
        this.answerQuery(connection);
        break;
      case 'hand':
        this.company.relay(connection, message.payload);
        break;
    }
  }

  /** The answer tells of everybody, up to a hundred times the question: it has the budget of requests for the mix. */
  private answerQuery(connection: Connection): void {
    if (connection.states.take(this.ports.clock.now())) this.company.tellPresent(connection);
    else this.company.close(connection, CLOSE.tooFast, 'Too many requests for who is here.');
  }

  private answerState(connection: Connection, vector: Uint8Array, { encoded, epoch }: Content): void {
    const now = this.ports.clock.now();
    if (!connection.states.take(now)) {
      this.company.close(connection, CLOSE.tooFast, 'Too many requests for the mix.');
      return;
    }
    let messages: readonly Uint8Array[];
    try {
      const theirs = epochOf(Y.decodeStateVector(vector).keys());
      if (theirs !== null && theirs !== epoch) {
        this.company.close(connection, CLOSE.moved, 'The mix goes on in a new document.');
        return;
      }
      messages = encoded.messagesFor(vector, now);
    } catch {
      this.company.close(connection, CLOSE.malformed, 'The state vector cannot be read.');
      return;
    }
    for (const message of messages) this.company.send(connection, message);
  }

  private admitted(update: Uint8Array, { connection, n, whole, client }: From): void {
    const userId = connection.who.user.id;
    this.fly({ update: this.row(update, userId, client, { userId }), connection, n, whole });
  }

  /** An update with the gesture that it is; the gate has just let it in. */
  private row(update: Uint8Array, userId: string | null, clientId: number | null, doing: Omit<Doing, 'at'>): NewUpdate {
    const { gate, epoch } = this.there;
    const at = this.ports.clock.now();
    const gesture = this.gestures.note(gate.takeDifferences(), gate.look, { ...doing, at });
    this.keepGesturesSoon();
    return { sessionId: this.sessionId, epoch, update, userId, clientId, at, gesture };
  }

  private keepGesturesSoon(): void {
    if (this.gestures.behind === 0) return;
    // What could not be written is behind again, and will be.
    this.cancelKeeping ??= this.ports.clock.after(FIXED.gestureKeptMs, () => void this.keepGestures().catch(() => {}));
  }

  /** Resolves when this, and all before it, is on disk. */
  private written(update: NewUpdate | null, gestures: readonly NewGesture[] = []): Promise<void> {
    const goneOn = gestures.map((gesture) => ({ sessionId: this.sessionId, gesture }));
    return new Promise((resolve, reject) => {
      const done = (error: unknown) => (error === null ? resolve() : reject(error));
      this.fly({ update, goneOn, connection: null, n: 0, whole: false, done });
    });
  }

  private fly(flight: Flight): void {
    this.flights.push(flight);
    this.ports.commit.add(this, flight);
  }

  private tellSaved(connection: Connection): void {
    const saved = connection.acknowledgements.tell();
    if (saved !== null) this.company.send(connection, encodeSaved(saved));
  }

  /** `except` has it already. */
  private broadcast(update: Uint8Array | null, except: Connection | null, encoded: EncodedState): void {
    this.mix = null;
    if (!update) return;
    const message = encodeUpdate(update);
    encoded.add(message);
    // A batch of several senders goes to each of them as well: what is their own they have already, and one encoding serves all.
    for (const connection of this.company.all) if (connection !== except) this.company.send(connection, message);
  }

  private checkRoles(now: number): void {
    this.rolesCheckedAt = now;
    // Who comes, or is given another role meanwhile: that is newer than the answer.
    const asked = this.company.all.map((connection) => [connection, connection.who] as const);
    this.ports.roles().then(
      (roles) => {
        for (const [connection, who] of asked) {
          if (!connection.closed && connection.who === who) this.giveRole(connection, roles.get(who.user.id) ?? null);
        }
      },
      (error: unknown) => this.ports.logger.warn({ err: error, sessionId: this.sessionId }, 'Roles could not be looked up'),
    );
  }

  /** Null: no member any more. */
  private giveRole(connection: Connection, role: Role | null): void {
    if (connection.who.role === role) return;
    if (role === null) {
      this.company.close(connection, CLOSE.forbidden, 'You are no longer a member of this session.');
      return;
    }
    this.company.introduce(connection, { ...connection.who, role });
    if (!may(role, 'mix.write')) {
      if (connection.takeHeld().length > 0) connection.leftOut = true;
    } else if (connection.leftOut && this.content) {
      // What was left out would be a gap before all that comes now: ask for everything.
      connection.awaitsDifference = true;
      this.company.send(connection, encodeStateVector(Y.encodeStateVector(this.content.doc)));
    }
  }

  /** Sends everybody away to come back to what the log says. What they have of this mix is not that: they begin with a fresh document. */
  private async end(code: CloseCode, why: string): Promise<void> {
    if (this.over) return;
    this.over = true;
    this.closeAll(code, why);
    // What is under way is told as it ends, and what was done is in the history to its end.
    await this.keepGestures().catch(() => {});
    this.ports.ended();
  }

  /** What other instances wrote is in the document. */
  private took(change: Uint8Array | null, rows: number): void {
    const { gate, encoded } = this.there;
    this.compaction.count(rows);
    this.gestures.interrupt(gate.takeDifferences());
    this.broadcast(change, null, encoded);
  }
}
