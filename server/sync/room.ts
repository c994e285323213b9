import * as Y from 'yjs';
import { may, type Role } from '../../lib/access';
import { mixOfRecords, readMix, readRecords, transactChanges } from '../../lib/doc';
import { type Change, type Difference, followDifferences, inverse, type Look, type Mix, type Records } from '../../lib/mix';
import { CLOSE, type CloseCode } from '../../lib/protocol';
import type { LoggedUpdate, NewUpdate, UpdateLog } from '../ports';
import { decodeMessage, encodeRefused, encodeSaved, encodeStateVector, encodeUpdate, type Message } from './codec';
import { Company } from './company';
import type { Connection } from './connection';
import { addsNothing, type DecodedUpdate, decodeUpdate, hasGap, Refusal } from './decoded-update';
import { EncodedState } from './encoded-state';
import { Forbearance } from './forbearance';
import { Gate, SERVER } from './gate';
import { type Doing, Gestures } from './gestures';
import type { CommitSink, Entry, GroupCommit } from './group-commit';
import { FIXED, type SyncLimits } from './limits';
import { type LoadedDocument, loadDocument } from './load';
import { type PeerListener, type PeerPorts, Peers } from './peers';
import type { Clock, Logger, SocketLike, SyncMeasures, Who } from './ports';
import { applied, passing, whileWhole } from './rows';

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

type Content = LoadedDocument & { readonly gate: Gate; readonly encoded: EncodedState };

/**
 * One session's document and all who are connected to it. Knows a socket by three methods, time by a clock and the disk by a log.
 * SPEC.md numbers the rules.
 */
export class Room implements CommitSink<Flight> {
  /** Resolves when the document is there; rejects when it could not be read. */
  readonly loaded: Promise<void>;
  private content: Content | null = null;
  private rows = 0;
  private readonly peers: Peers | null;
  /** True when rows may have come that reading did not see. */
  private missed = false;
  private renewing = false;
  private compacting = false;
  private readonly company: Company;
  private flights: Flight[] = [];
  private readonly forbearance: Forbearance;
  private mix: Mix | null = null;
  private readonly gestures = new Gestures();

  constructor(
    readonly sessionId: string,
    private readonly ports: RoomPorts,
  ) {
    this.forbearance = new Forbearance(ports.clock);
    this.peers = ports.peers && new Peers(sessionId, ports.peers, ports.clock, this.peerListener());
    this.company = new Company(ports.clock, ports.limits, this.peers);
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
    if (this.forbearance.bars(who.user.id)) {
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

  /** The mix as it was when the gesture that began with the row `sequence` had been made, and no later one. */
  async past(sequence: number): Promise<Mix> {
    const records = readRecords(this.there.doc);
    const later = await this.ports.log.gesturesAfter(this.sessionId, sequence);
    for (const [index, { body }] of [...later].reverse().entries()) {
      followDifferences(records, inverse(differencesIn(body)));
      // A long way back takes its time from nobody.
      if (index % FIXED.gesturesAtOnce === FIXED.gesturesAtOnce - 1) await new Promise((resolve) => setImmediate(resolve));
    }
    return mixOfRecords(records);
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
    this.peers?.close();
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
    this.peers?.written(rows);
    this.rows += rows.length;
    for (const { connection, n, whole } of flights) {
      if (whole) connection?.acknowledgements.settleUpTo(n);
      else connection?.acknowledgements.settle(n);
    }
    for (const connection of new Set(flights.map((flight) => flight.connection))) if (connection) this.tellSaved(connection);
    for (const { done } of flights) done?.(null);
    if (this.rows > FIXED.compactRows) void this.compact();
  }

  failed(flights: readonly Flight[], error: unknown): void {
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
    const { log, clock, limits } = this.ports;
    const loaded = await loadDocument(log, this.sessionId, clock);
    this.rows = loaded.rows;
    this.peers?.written(loaded.written);
    const content = {
      ...loaded,
      gate: new Gate(loaded.doc, loaded.owners, limits.documentBytes, () => clock.now()),
      encoded: new EncodedState(loaded.doc, clock.now()),
    };
    this.content = content;
    if (this.missed) this.catchUp();
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
        this.receiveUpdate(connection, message.bytes, message.first, content);
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

  private answerState(connection: Connection, vector: Uint8Array, { encoded }: Content): void {
    const now = this.ports.clock.now();
    if (!connection.states.take(now)) {
      this.company.close(connection, CLOSE.tooFast, 'Too many requests for the mix.');
      return;
    }
    let messages: readonly Uint8Array[];
    try {
      messages = encoded.messagesFor(vector, now);
    } catch {
      this.company.close(connection, CLOSE.malformed, 'The state vector cannot be read.');
      return;
    }
    for (const message of messages) this.company.send(connection, message);
  }

  private receiveUpdate(connection: Connection, bytes: Uint8Array, first: boolean, content: Content): void {
    const n = connection.acknowledgements.next();
    const { limits } = this.ports;
    const most = first && connection.awaitsDifference ? limits.firstDifferenceBytes : limits.messageBytes;
    if (bytes.length > most) {
      const why = `The update has ${Math.ceil(bytes.length / 1024)} KB; one message may have ${Math.floor(most / 1024)} KB.`;
      this.refuse(connection, n, CLOSE.tooLarge, why);
      return;
    }
    try {
      this.takeUpdate(connection, n, decodeUpdate(bytes), first, content);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.refuse(connection, n, CLOSE.refused, error.message, error.costly ? FIXED.costlyRefusal : 1);
    }
  }

  private takeUpdate(connection: Connection, n: number, update: DecodedUpdate, first: boolean, content: Content): void {
    if (!may(connection.who.role, 'mix.write')) {
      if (addsNothing(content.doc, update)) this.settleNow(connection, n);
      else connection.leftOut = true;
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
    const userId = connection.who.user.id;
    const verdict = gate.admit(update, userId, () => this.flights.flatMap((flight) => (flight.update ? [flight.update.update] : [])));
    if (verdict === 'new') {
      const client = update.ranges.find((range) => range.until > Y.getState(doc.store, range.client))?.client ?? null;
      this.fly({ update: this.row(update.bytes, userId, client, { userId }), connection, n, whole });
      if (gate.counts.heavy.size > 0) this.renewLanes(gate);
    } else {
      // What is there already may still be on its way to the disk: it is settled behind all that is.
      this.fly({ update: null, connection, n, whole });
    }
  }

  /** An update with the gesture that it is; the gate has just let it in. */
  private row(update: Uint8Array, userId: string | null, clientId: number | null, doing: Omit<Doing, 'at'>): NewUpdate {
    const { gate } = this.there;
    const at = this.ports.clock.now();
    const gesture = this.gestures.note(gate.takeDifferences(), gate.look, { ...doing, at });
    return { sessionId: this.sessionId, update, userId, clientId, at, gesture };
  }

  private fly(flight: Flight): void {
    this.flights.push(flight);
    this.ports.commit.add(this, flight);
  }

  private settleNow(connection: Connection, n: number): void {
    connection.acknowledgements.settle(n);
    this.tellSaved(connection);
  }

  private tellSaved(connection: Connection): void {
    const saved = connection.acknowledgements.tell();
    if (saved !== null) this.company.send(connection, encodeSaved(saved));
  }

  private refuse(connection: Connection, n: number, code: CloseCode, why: string, cost = 1): void {
    this.ports.logger.warn({ sessionId: this.sessionId, userId: connection.who.user.id, n, code }, `Update refused: ${why}`);
    this.ports.measures?.refused(code);
    this.company.send(connection, encodeRefused(n, code, why));
    this.forbearance.refused(connection.who.user.id, cost);
    this.company.close(connection, code, why);
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

  /** Writes heavy lanes anew. Two instances that did so at once would each lay a lane in the other's place, and what is drawn on one be lost. */
  private renewLanes(gate: Gate): void {
    const renew = () => {
      const renewed = gate.renew();
      if (renewed) this.fly({ update: this.row(renewed, null, gate.ahead.clientID, UPKEEP), connection: null, n: 0, whole: false });
    };
    if (!this.peers) {
      renew();
      return;
    }
    if (this.renewing) return;
    this.renewing = true;
    this.ports.clock.after(FIXED.renewMs, () => {
      this.renewing = false;
    });
    this.peers
      .alone('renew', FIXED.renewMs)
      .then(async (mine) => {
        if (!mine) return;
        await this.there.followed.catchUp((rows) => this.follow(rows));
        renew();
      })
      .catch((error: unknown) => this.ports.logger.warn({ err: error, sessionId: this.sessionId }, 'Lanes could not be written anew yet'));
  }

  private peerListener(): PeerListener {
    return {
      rows: (rows) => this.followNews(rows),
      behind: () => this.catchUp(),
      presence: (from, people, all) => this.company.hearElsewhere(from, people, all),
      lost: (from) => this.company.hearElsewhere(from, null, true),
      hand: (bytes) => this.company.passHand(bytes, null),
      here: () => this.company.here(),
    };
  }

  /** Reads from the log what other instances wrote. */
  private catchUp(): void {
    const { content } = this;
    this.missed = content === null;
    content?.followed
      .catchUp((rows) => this.follow(rows))
      .catch((error: unknown) =>
        this.ports.logger.warn({ err: error, sessionId: this.sessionId }, 'The log could not be read; it will be'),
      );
  }

  /** Takes rows of which another instance speaks. False when the log has to be read for what they build on. */
  private followNews(rows: readonly LoggedUpdate[]): boolean {
    if (!this.content) return false;
    const { doc, followed } = this.content;
    const news = rows.filter(({ sequence }) => !followed.knows(sequence));
    const taken = this.follow(whileWhole(doc, news));
    for (const { sequence } of taken) followed.note(sequence);
    return taken.length === news.length;
  }

  /** Takes over what other instances wrote. They have judged it, and it is in the log. */
  private follow(rows: Iterable<LoggedUpdate>): readonly LoggedUpdate[] {
    const { doc, gate, encoded } = this.there;
    const taken: LoggedUpdate[] = [];
    const change = applied(doc, passing(rows, taken));
    for (const { clientId, userId } of taken) gate.recognise(clientId, userId);
    this.rows += taken.length;
    if (change) gate.follow(change);
    this.gestures.interrupt(gate.takeDifferences());
    this.broadcast(change, null, encoded);
    return taken;
  }

  private async compact(): Promise<void> {
    if (this.compacting) return;
    this.compacting = true;
    const { followed } = this.there;
    try {
      await followed.catchUp((rows) => this.follow(rows));
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

/** What a gesture's body says of what it changed. */
function differencesIn(body: string): readonly Difference[] {
  return (JSON.parse(body) as { readonly differences: readonly Difference[] }).differences;
}
