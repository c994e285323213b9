import * as Y from 'yjs';
import { may, type Role } from '../../lib/access';
import { epochOf, mixOfRecords, readMix, readRecords, transactChanges } from '../../lib/doc';
import type { Change, Look, Mix, Records } from '../../lib/mix';
import { CLOSE, type CloseCode } from '../../lib/protocol';
import type { LoggedUpdate, NewUpdate, UpdateLog } from '../ports';
import { decodeMessage, encodeSaved, encodeStateVector, encodeUpdate, type Message } from './codec';
import { Company } from './company';
import type { Connection } from './connection';
import { type Content, loadContent } from './content';
import type { EncodedState } from './encoded-state';
import { Following } from './following';
import { SERVER } from './gate';
import { type Doing, Gestures } from './gestures';
import { type CommitSink, type Entry, type GroupCommit, Moved } from './group-commit';
import { type From, Intake } from './intake';
import { FIXED, type SyncLimits } from './limits';
import { recordsAfter } from './past';
import type { PeerPorts } from './peers';
import type { Clock, Logger, SocketLike, SyncMeasures, Who } from './ports';
import { applied } from './rows';
import { Turning } from './turning';

export interface RoomPorts {
  readonly log: UpdateLog;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly limits: SyncLimits;
  readonly logger: Logger;
  /** The role of a user in this room's session now. */
  readonly roleOf: (userId: string) => Promise<Role | null>;
  readonly measures?: SyncMeasures | undefined;
  /** The other instances; null where there are none. */
  readonly peers: PeerPorts | null;
  /** The room has ended: whoever asks for the session next gets another one. */
  readonly ended?: (room: Room) => void;
}

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
  private rows = 0;
  private readonly following: Following;
  private compacting = false;
  private readonly company: Company;
  private flights: Flight[] = [];
  private readonly intake: Intake;
  private readonly turning: Turning;
  private over = false;
  private mix: Mix | null = null;
  private readonly gestures = new Gestures();

  constructor(
    readonly sessionId: string,
    private readonly ports: RoomPorts,
  ) {
    this.following = new Following(sessionId, ports, {
      content: () => this.content,
      company: () => this.company,
      took: (change, rows) => this.took(change, rows),
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
      end: (code, why) => this.end(code, why),
      tell: (epoch, sequence) => this.following.tellMoved(epoch, sequence, ports.clock.now()),
    });
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
    return this.company.size === 0 && this.flights.length === 0 && !this.compacting;
  }

  join(socket: SocketLike, who: Who): Connection {
    const connection = this.company.join(socket, who);
    if (this.intake.bars(who.user.id)) {
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
    if (now - connection.roleCheckedAt >= FIXED.roleCheckMs) this.checkRole(connection, now);
    const message = decodeMessage(bytes);
    if (message) this.act(connection, message, this.content);
    else this.company.close(connection, CLOSE.malformed, 'Not a message of this protocol.');
  }

  /** A user's role changed, or ended with null: acts on every open socket of theirs at once. */
  setRole(userId: string, role: Role | null): void {
    for (const connection of this.company.all) {
      if (connection.who.user.id !== userId || connection.who.role === role) continue;
      if (role === null) this.company.close(connection, CLOSE.forbidden, 'You are no longer a member of this session.');
      else this.giveRole(connection, role);
    }
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
  pastRecords(sequence: number): Promise<Records> {
    return recordsAfter(sequence, this.records(), this.ports.log, this.sessionId);
  }

  async past(sequence: number): Promise<Mix> {
    return mixOfRecords(await this.pastRecords(sequence));
  }

  /** What comes from now on begins gestures of its own, so that the present can be told from it later. */
  endGestures(): void {
    this.gestures.forget();
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
    await new Promise<void>((resolve, reject) => {
      const done = (error: unknown) => (error === null ? resolve() : reject(error));
      this.fly({ update: row, connection: null, n: 0, whole: false, done });
    });
    return row?.gesture?.id ?? null;
  }

  /** Closes every socket. */
  closeAll(code: CloseCode, reason: string): void {
    for (const connection of this.company.all) this.company.close(connection, code, reason);
  }

  destroy(): void {
    this.company.destroy();
    if (!this.over) this.following.close();
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
    this.rows += rows.length;
    for (const { connection, n, whole } of flights) {
      if (whole) connection?.acknowledgements.settleUpTo(n);
      else connection?.acknowledgements.settle(n);
    }
    for (const connection of new Set(flights.map((flight) => flight.connection))) if (connection) this.tellSaved(connection);
    for (const { done } of flights) done?.(null);
    if (this.over) return;
    if (this.rows > FIXED.compactRows) void this.compact();
    if (rows.length > 0) this.turning.consider(this.there);
  }

  failed(flights: readonly Flight[], error: unknown): void {
    if (error instanceof Moved) {
      this.flights.splice(0, flights.length);
      this.turning.moved();
      for (const { done } of flights) done?.(error);
      return;
    }
    this.ports.logger.error({ err: error, sessionId: this.sessionId }, 'Updates could not be written; their senders keep them');
    this.flights.splice(0, flights.length);
    this.gestures.forget();
    this.there.gate.rebuild(this.flights.flatMap(({ update }) => (update ? [update.update] : [])));
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
    this.rows = content.rows;
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
    return { sessionId: this.sessionId, epoch, update, userId, clientId, at, gesture };
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

  private checkRole(connection: Connection, now: number): void {
    connection.roleCheckedAt = now;
    const userId = connection.who.user.id;
    this.ports.roleOf(userId).then(
      (role) => this.setRole(userId, role),
      (error: unknown) => this.ports.logger.warn({ err: error, sessionId: this.sessionId, userId }, 'A role could not be looked up'),
    );
  }

  private giveRole(connection: Connection, role: Role): void {
    this.company.introduce(connection, { ...connection.who, role });
    if (!may(role, 'mix.write')) {
      if (connection.takeHeld().length > 0) connection.leftOut = true;
    } else if (connection.leftOut && this.content) {
      // What was left out would be a gap before all that comes now: ask for everything.
      connection.awaitsDifference = true;
      this.company.send(connection, encodeStateVector(Y.encodeStateVector(this.content.doc)));
    }
  }

  /** What other instances wrote is in the document. */
  private took(change: Uint8Array | null, rows: number): void {
    const { gate, encoded } = this.there;
    this.rows += rows;
    this.gestures.interrupt(gate.takeDifferences());
    this.broadcast(change, null, encoded);
  }

  /** Everybody is sent away, and what comes for the session finds another room. What is still under way is told as it ends. */
  private end(code: CloseCode, why: string): void {
    if (this.over) return;
    this.over = true;
    this.closeAll(code, why);
    this.following.close();
    this.ports.ended?.(this);
  }

  private async compact(): Promise<void> {
    if (this.compacting) return;
    this.compacting = true;
    const { followed } = this.there;
    try {
      await this.following.readAll();
      const { rows } = this;
      await this.ports.log.compact(this.sessionId, this.encode(), followed.through);
      this.rows -= rows - followed.after;
      const { gestures } = this.ports.limits;
      await this.ports.log.trimGestures(this.sessionId, gestures, gestures * FIXED.gestureBytes);
    } catch (error) {
      this.ports.logger.warn({ err: error, sessionId: this.sessionId }, 'The log could not be compacted; it will be tried again');
    } finally {
      this.compacting = false;
    }
  }
}
