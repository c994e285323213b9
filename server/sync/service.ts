import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { Role } from '../../lib/access';
import { beginEpoch } from '../../lib/doc';
import type { Mix, Records } from '../../lib/mix';
import { CLOSE, type User } from '../../lib/protocol';
import { type Bus, type SharedLines, subscribe, type UpdateLog } from '../ports';
import { GroupCommit, Moved } from './group-commit';
import { Inbox } from './inbox';
import { FIXED, LIMITS, type SyncLimits } from './limits';
import { PeoplesLines } from './lines';
import type { PeerPorts } from './peers';
import { type Clock, type Logger, type RoleOf, type RolesIn, type SyncMeasures, systemClock } from './ports';
import { type Build, Room } from './room';
import { dismiss, socketLike } from './socket';

export interface SyncPorts {
  readonly log: UpdateLog;
  readonly roleOf: RoleOf;
  readonly rolesIn: RolesIn;
  /** Tells of members that change or go and of sessions that go; acted on at once, on every open socket. */
  readonly bus: Bus;
  readonly logger: Logger;
  readonly limits?: SyncLimits;
  readonly clock?: Clock;
  readonly measures?: SyncMeasures;
  /** The other instances; none without it. */
  readonly peers?: PeerPorts;
  /** What people have open at them. */
  readonly lines?: SharedLines;
}

/** Who changes a mix by the server's hand, and which gesture that takes back. */
interface Author {
  readonly userId: string;
  readonly reverts?: string;
}

/** The mix documents of all sessions, and everybody who is connected to one. */
export interface SyncService {
  /**
   * Takes over an open socket of somebody whose cookie and Origin have been checked. Looks up the role itself: who has none is
   * closed with 4403. The socket must come from a server made with `SOCKET_OPTIONS`; `line` is what it was upgraded from.
   */
  connect(socket: WebSocket, line: Duplex, who: { readonly sessionId: string; readonly user: User }): void;
  /**
   * Changes a mix from the server, by the same way as everybody's changes. `build` gets the newest mix, what is on its way to
   * the disk included. Resolves when the change is on disk; rejects when it cannot be written or the layout does not know it.
   * `by` is whose gesture it is in the history, whose id is returned; null where nothing was changed.
   */
  edit(sessionId: string, build: Build, by?: Author): Promise<string | null>;
  /** Resolves when what was done to a mix until now is in the history to its end. */
  keepHistory(sessionId: string): Promise<void>;
  /** The mix as it was after the gesture that began with a row of the log. */
  past(sessionId: string, sequence: number): Promise<Mix>;
  pastRecords(sessionId: string, sequence: number): Promise<Records>;
  /** Ends the gestures that may go on, so that the mix of now has a place in the history. */
  endGestures(sessionId: string): void;
  /** A session's mix as it is on disk. One that has none yet begins with a new mix. */
  read(sessionId: string): Promise<Mix>;
  /** The records of a session's document as they are on disk. */
  records(sessionId: string): Promise<Records>;
  /** Begins the mix of `toId` as a copy of another's. Rejects if it has one already. */
  copy(sessionId: string, toId: string): Promise<void>;
  /** Closes all sockets of a session (4404) and removes its document for good. */
  remove(sessionId: string): Promise<void>;
  /** Open sockets, those who are behind them, and sessions in memory. */
  counts(): { readonly sockets: number; readonly people: number; readonly rooms: number };
  /** Writes what is under way and closes every socket with 1012. No calls after this. */
  stop(): Promise<void>;
}

export function createSyncService(ports: SyncPorts): SyncService {
  return new Rooms(ports);
}

interface Arrival {
  readonly sessionId: string;
  readonly user: User;
  readonly role: Role | null;
}

class Rooms implements SyncService {
  private readonly rooms = new Map<string, Room>();
  private readonly commit: GroupCommit;
  private readonly clock: Clock;
  private readonly limits: SyncLimits;
  private readonly ends: (() => void)[];
  private readonly lines: PeoplesLines;
  private stopped = false;

  constructor(private readonly ports: SyncPorts) {
    this.clock = ports.clock ?? systemClock;
    this.limits = ports.limits ?? LIMITS;
    this.commit = new GroupCommit(ports.log, this.clock);
    this.lines = new PeoplesLines(this.clock, ports.lines ?? null);
    this.ends = [
      subscribe(ports.bus, 'member', (message) => {
        const room = this.rooms.get(message.sessionId);
        if (message.what === 'put') room?.setRole(message.member.user.id, message.member.role);
        else room?.setRole(message.userId, null);
      }),
      subscribe(ports.bus, 'session', ({ sessionId }) => this.rooms.get(sessionId)?.closeAll(CLOSE.notFound, 'This session was deleted.')),
    ];
  }

  connect(socket: WebSocket, line: Duplex, { sessionId, user }: { readonly sessionId: string; readonly user: User }): void {
    const early = new Inbox();
    let receive = (bytes: Uint8Array): void => {
      if (!early.keep(bytes)) dismiss(socket, this.clock, CLOSE.overloaded, 'Too much before you were let in; come back.');
    };
    const lines = this.lines.open(user.id, socket);
    socket.on('message', (data: RawData) => {
      const bytes = bytesOf(data);
      lines.came(socket, bytes);
      receive(bytes);
    });
    // A socket's trouble ends in its closing, which is what counts.
    socket.on('error', () => {});
    const tooMany = () => {
      if (lines.all <= this.limits.socketsPerUser) return false;
      dismiss(socket, this.clock, CLOSE.tooFast, `You have ${this.limits.socketsPerUser} connections open already.`);
      return true;
    };
    if (tooMany()) return;
    Promise.all([this.ports.roleOf(sessionId, user.id), lines.told]).then(
      ([role]) => {
        if (tooMany()) return;
        const take = this.admit(socket, line, { sessionId, user, role });
        if (!take) return;
        receive = take;
        for (const bytes of early.take()) take(bytes);
      },
      (error: unknown) => {
        this.ports.logger.error({ err: error, sessionId }, 'A role could not be looked up');
        dismiss(socket, this.clock, CLOSE.overloaded, 'Please try again.');
      },
    );
  }

  async edit(sessionId: string, build: Build, by?: Author): Promise<string | null> {
    const room = await this.loaded(sessionId);
    try {
      return await room.edit(build, by);
    } catch (error) {
      if (error instanceof Moved) return await this.edit(sessionId, build, by);
      throw error;
    } finally {
      this.forgetWhenIdle(room);
    }
  }

  async keepHistory(sessionId: string): Promise<void> {
    await this.rooms.get(sessionId)?.keepGestures();
  }

  async past(sessionId: string, sequence: number): Promise<Mix> {
    const room = await this.loaded(sessionId);
    try {
      return await room.past(sequence);
    } finally {
      this.forgetWhenIdle(room);
    }
  }

  async pastRecords(sessionId: string, sequence: number): Promise<Records> {
    const room = await this.loaded(sessionId);
    try {
      return await room.pastRecords(sequence);
    } finally {
      this.forgetWhenIdle(room);
    }
  }

  endGestures(sessionId: string): void {
    this.rooms.get(sessionId)?.endGestures();
  }

  async read(sessionId: string): Promise<Mix> {
    const room = await this.loaded(sessionId);
    this.forgetWhenIdle(room);
    return room.read();
  }

  async records(sessionId: string): Promise<Records> {
    const room = await this.loaded(sessionId);
    this.forgetWhenIdle(room);
    return room.records();
  }

  async copy(sessionId: string, toId: string): Promise<void> {
    const room = await this.loaded(sessionId);
    if (this.rooms.has(toId) || (await this.ports.log.read(toId)).length > 0) throw new Error(`Session ${toId} has a mix already`);
    const update = beginEpoch(room.records(), 0);
    await this.ports.log.append([{ sessionId: toId, epoch: 0, update, userId: null, clientId: null, at: this.clock.now() }]);
    this.forgetWhenIdle(room);
  }

  async remove(sessionId: string): Promise<void> {
    const room = this.rooms.get(sessionId);
    room?.closeAll(CLOSE.notFound, 'This session was deleted.');
    // A mix that is being read may begin as a new one, which is written: that must not come after its end.
    await room?.loaded.catch(() => {});
    await this.commit.flush();
    room?.destroy();
    this.rooms.delete(sessionId);
    await this.ports.log.remove(sessionId);
  }

  counts(): { sockets: number; people: number; rooms: number } {
    let sockets = 0;
    const people = new Set<string>();
    for (const room of this.rooms.values()) {
      sockets += room.people.length;
      for (const { who } of room.people) people.add(who.user.id);
    }
    return { sockets, people: people.size, rooms: this.rooms.size };
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const end of this.ends) end();
    for (const room of this.rooms.values()) room.keepGestures().catch(() => {});
    await this.commit.flush();
    for (const room of this.rooms.values()) {
      room.closeAll(CLOSE.restarting, 'The service restarts; come back.');
      room.destroy();
    }
    this.rooms.clear();
    this.lines.stop();
  }

  /** Lets a socket into its room; the result takes its messages. */
  private admit(socket: WebSocket, line: Duplex, { sessionId, user, role }: Arrival): ((bytes: Uint8Array) => void) | null {
    if (socket.readyState !== socket.OPEN) return null;
    if (this.stopped) {
      dismiss(socket, this.clock, CLOSE.restarting, 'The service restarts; come back.');
      return null;
    }
    if (!role) {
      dismiss(socket, this.clock, CLOSE.forbidden, 'You are no member of this session.');
      return null;
    }
    const room = this.room(sessionId);
    const people = new Set(room.users).add(user.id);
    if (people.size > this.limits.peopleInSession) {
      dismiss(socket, this.clock, CLOSE.overloaded, `This session has ${this.limits.peopleInSession} people in it, the most it may have.`);
      return null;
    }
    const connection = room.join(socketLike(socket, line, this.clock), { user, role });
    socket.on('close', () => {
      room.leave(connection);
      this.forgetWhenIdle(room);
    });
    return (bytes) => {
      try {
        room.receive(connection, bytes);
      } catch (error) {
        this.ports.logger.error({ err: error, sessionId, userId: user.id }, 'A message could not be handled');
        dismiss(socket, this.clock, CLOSE.overloaded, 'Something went wrong here; come back.');
      }
    };
  }

  private room(sessionId: string): Room {
    const known = this.rooms.get(sessionId);
    if (known) return known;
    const { log, logger, rolesIn, measures } = this.ports;
    const { commit, clock, limits } = this;
    const peers = this.ports.peers ?? null;
    const room = new Room(sessionId, {
      ...{ log, commit, clock, limits, logger, measures, peers },
      roles: () => rolesIn(sessionId),
      ended: () => this.end(room),
    });
    this.rooms.set(sessionId, room);
    room.loaded.catch((error: unknown) => {
      logger.error({ err: error, sessionId }, 'A mix could not be loaded');
      if (this.rooms.get(sessionId) === room) this.rooms.delete(sessionId);
      room.closeAll(CLOSE.overloaded, 'The mix could not be loaded; come back.');
      room.destroy();
    });
    return room;
  }

  private end(room: Room): void {
    if (this.rooms.get(room.sessionId) === room) this.rooms.delete(room.sessionId);
    room.destroy();
  }

  private async loaded(sessionId: string): Promise<Room> {
    if (this.stopped) throw new Error('The sync service has stopped');
    const room = this.room(sessionId);
    await room.loaded;
    return room;
  }

  /** A room that nobody is in is kept for a while, for who comes back at once. All that is in it is on disk. */
  private forgetWhenIdle(room: Room): void {
    if (room.people.length > 0) return;
    this.clock.after(FIXED.unloadMs, () => {
      if (this.rooms.get(room.sessionId) !== room) return;
      if (!room.idle) {
        // Still writing, or somebody is in it again, after whom this is asked anew.
        this.forgetWhenIdle(room);
        return;
      }
      this.rooms.delete(room.sessionId);
      room.destroy();
    });
  }
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return new Uint8Array(Buffer.concat(data));
  return data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
