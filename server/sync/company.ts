import { may } from '../../lib/access';
import { CLOSE, type CloseCode, relayHand } from '../../lib/protocol';
import { RoomAwareness } from './awareness';
import { type AwarenessEntry, encodeAwareness } from './codec';
import { Connection } from './connection';
import { FIXED, type SyncLimits } from './limits';
import type { PeerPresence } from './peer-codec';
import type { Clock, SocketLike, Who } from './ports';

/** Tells the other instances of this one's people. */
interface Outward {
  presence(people: readonly PeerPresence[]): void;
  hand(bytes: Uint8Array): void;
}

/** All who are connected to one room: sends to them, lets them go, and tells them of each other. Knows no document. */
export class Company {
  private readonly connections = new Set<Connection>();
  private readonly awareness: RoomAwareness<Connection>;
  private cancelTick: (() => void) | null = null;
  private cancelHeartbeat: (() => void) | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly limits: SyncLimits,
    private readonly outward: Outward | null = null,
  ) {
    this.awareness = new RoomAwareness(clock, limits);
  }

  /** A copy: sending may close, and closing takes out of the company. */
  get all(): readonly Connection[] {
    return [...this.connections];
  }

  get size(): number {
    return this.connections.size;
  }

  join(socket: SocketLike, who: Who): Connection {
    const connection = new Connection(socket, who, this.clock.now(), this.limits);
    this.connections.add(connection);
    this.cancelHeartbeat ??= this.clock.after(FIXED.heartbeatMs, this.beat);
    return connection;
  }

  leave(connection: Connection): void {
    connection.closed = true;
    if (!this.connections.delete(connection)) return;
    if (this.awareness.forget(connection)) this.tick();
    if (this.connections.size > 0) return;
    this.cancelHeartbeat?.();
    this.cancelHeartbeat = null;
  }

  /** A reader that is too slow is closed, to come back; nobody else notices. */
  send(connection: Connection, bytes: Uint8Array): void {
    if (connection.closed) return;
    if (connection.socket.buffered > FIXED.bufferedBytes) {
      this.close(connection, CLOSE.overloaded, 'The line is too slow; come back.');
      return;
    }
    connection.lastSentAt = this.clock.now();
    connection.socket.send(bytes);
  }

  close(connection: Connection, code: CloseCode, reason: string): void {
    if (connection.closed) return;
    this.leave(connection);
    connection.socket.close(code, reason);
  }

  tellPresent(connection: Connection): void {
    this.send(connection, this.awareness.messageOfAll(connection));
  }

  hearAwareness(connection: Connection, entries: readonly AwarenessEntry[]): void {
    if (this.awareness.receive(connection, connection.who, entries)) this.tick();
  }

  /** Who a connection is has changed. */
  introduce(connection: Connection, who: Who): void {
    connection.who = who;
    if (this.awareness.refresh(connection, who)) this.tick();
  }

  /** Passes a moving hand on as bytes; to a reader that is behind it would come too late, so it does not come. */
  relay(sender: Connection, payload: Uint8Array): void {
    const client = this.awareness.clientOf(sender);
    if (client === null || !may(sender.who.role, 'mix.write') || payload.length > this.limits.handBytes) return;
    if (!sender.hands.take(this.clock.now())) return;
    const message = relayHand(client, payload);
    this.passHand(message, sender);
    this.outward?.hand(message);
  }

  /** A hand message to everybody but its sender, where that is here. */
  passHand(message: Uint8Array, sender: Connection | null): void {
    // Not over a copy: this is what happens most. Who is closed meanwhile is only taken out.
    for (const connection of this.connections) {
      if (connection !== sender && connection.socket.buffered < FIXED.handBufferedBytes) this.send(connection, message);
    }
  }

  /** What another instance says of its people; null when it is no more. */
  hearElsewhere(from: string, people: readonly PeerPresence[] | null, all: boolean): void {
    if (this.awareness.hear(from, people, all)) this.tick();
  }

  /** Everybody who is here, for other instances. */
  here(): readonly PeerPresence[] {
    return this.awareness.here();
  }

  /** The ids of all who are in the room, on whatever instance. */
  get users(): ReadonlySet<string> {
    return new Set([...this.all.map(({ who }) => who.user.id), ...this.awareness.usersElsewhere]);
  }

  destroy(): void {
    this.cancelHeartbeat?.();
    this.cancelTick?.();
  }

  private tick(): void {
    this.cancelTick ??= this.clock.after(FIXED.awarenessTickMs, () => {
      this.cancelTick = null;
      const { own, messageFor } = this.awareness.take();
      if (own.length > 0) this.outward?.presence(own);
      for (const connection of this.all) {
        const message = messageFor(connection);
        if (message) this.send(connection, message);
      }
    });
  }

  private readonly beat = (): void => {
    const now = this.clock.now();
    for (const connection of this.all) {
      if (now - connection.lastSentAt >= FIXED.heartbeatMs) this.send(connection, encodeAwareness([]));
    }
    this.cancelHeartbeat = this.connections.size > 0 ? this.clock.after(FIXED.heartbeatMs, this.beat) : null;
  };
}
