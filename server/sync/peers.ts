import type { Channel, Channels, LoggedUpdate } from '../ports';
import { FIXED } from './limits';
import { decodePeerMessage, encodePeerMessage, type PeerMessage, type PeerPresence } from './peer-codec';
import type { Clock } from './ports';

/** How a room reaches the other instances' rooms of its session. */
export interface PeerPorts {
  readonly channels: Channels;
}

/** What a room does with what its peers say. */
export interface PeerListener {
  /** Rows that are in the log. False when something that they build on is not here. */
  rows(rows: readonly LoggedUpdate[]): boolean;
  /** Something may have been missed: the log has it. */
  behind(): void;
  presence(from: string, people: readonly PeerPresence[], all: boolean): void;
  /** An instance says nothing any more. */
  lost(from: string): void;
  hand(bytes: Uint8Array): void;
  /** Everybody who is connected here. */
  here(): readonly PeerPresence[];
}

interface Peer {
  n: number | null;
  heardAt: number;
}

/** The other instances' rooms of one session: tells them what happens here, notices what was missed, and lets the room heal. */
export class Peers {
  private readonly channel: Channel;
  private readonly known = new Map<string, Peer>();
  private sent = 0;
  private cancel: (() => void) | null;
  private connectedSince: number | null = null;

  constructor(
    sessionId: string,
    ports: PeerPorts,
    private readonly clock: Clock,
    private readonly listener: PeerListener,
  ) {
    this.channel = ports.channels.open(`mix:${sessionId}`, {
      heard: (from, bytes, age) => this.hear(from, bytes, age),
      whole: () => this.whole(),
    });
    this.cancel = clock.after(FIXED.healMs, this.beat);
  }

  /** Rows that are in the log now. */
  written(rows: readonly LoggedUpdate[]): void {
    if (rows.length === 0) return;
    this.sent += 1;
    this.send({ kind: 'rows', n: this.sent, rows });
  }

  presence(people: readonly PeerPresence[]): void {
    this.send({ kind: 'presence', all: false, people });
  }

  hand(bytes: Uint8Array): void {
    this.send({ kind: 'hand', bytes });
  }

  close(): void {
    this.cancel?.();
    this.cancel = null;
    this.send({ kind: 'presence', all: true, people: [] });
    this.channel.close();
  }

  private send(message: PeerMessage): void {
    this.channel.send(encodePeerMessage(message));
  }

  private whole(): void {
    this.listener.behind();
    this.send({ kind: 'who' });
    this.tellAll();
  }

  private tellAll(): void {
    this.send({ kind: 'presence', all: true, people: this.listener.here() });
  }

  private hear(from: string, bytes: Uint8Array, age: number): void {
    const message = decodePeerMessage(bytes);
    if (!message) return;
    const peer = this.known.get(from) ?? { n: null, heardAt: 0 };
    this.known.set(from, peer);
    peer.heardAt = this.clock.now();
    switch (message.kind) {
      case 'rows': {
        const missed = peer.n !== null && message.n !== peer.n + 1;
        peer.n = message.n;
        if (!this.listener.rows(message.rows) || missed) this.listener.behind();
        break;
      }
      case 'presence':
        this.listener.presence(from, message.people, message.all);
        break;
      case 'hand':
        if (age < FIXED.lateHandMs) this.listener.hand(message.bytes);
        break;
      case 'who':
        this.tellAll();
        break;
    }
  }

  /** Whatever was lost on the way, the log has it: what the others wrote is read here, and who is here is said again. */
  private readonly beat = (): void => {
    const now = this.clock.now();
    this.listener.behind();
    this.tellAll();
    this.connectedSince = this.channel.connected ? (this.connectedSince ?? now) : null;
    // Who cannot be heard is not gone for that.
    if (this.connectedSince !== null && now - this.connectedSince > FIXED.lostInstanceMs) {
      for (const [from, { heardAt }] of this.known) {
        if (now - heardAt <= FIXED.lostInstanceMs) continue;
        this.known.delete(from);
        this.listener.lost(from);
      }
    }
    this.cancel = this.clock.after(FIXED.healMs, this.beat);
  };
}
