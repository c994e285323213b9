import type { WebSocket } from 'ws';
import { type Elsewhere, KNOWN_MS, type SharedLines } from '../ports';
import { FIXED } from './limits';
import { Pace } from './pace';
import type { Clock } from './ports';

/** All open sockets of one person here, in whatever sessions. */
export interface Lines {
  /** Here, and what is known of elsewhere. */
  readonly all: number;
  /** Resolves when the newest of elsewhere is known. */
  readonly told: Promise<void>;
  /** Counts a message of one of them, and reads nothing more of it for a while where that is too fast. */
  came(socket: WebSocket, message: Uint8Array): void;
}

interface Known extends Lines {
  told: Promise<void>;
  open: number;
  elsewhere: Elsewhere;
  readonly pace: Pace;
}

/** The lines of each person, over all instances: how many there are, and how fast they are read. SPEC.md 8.3, 8.4 and 10.13. */
export class PeoplesLines {
  private readonly people = new Map<string, Known>();
  private cancel: (() => void) | null = null;
  private stopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly shared: SharedLines | null,
  ) {}

  /** Counts a socket until it closes. */
  open(userId: string, socket: WebSocket): Lines {
    const lines = this.of(userId);
    lines.open += 1;
    socket.on('close', () => this.closed(userId, lines));
    lines.told = this.tell(userId, lines);
    return lines;
  }

  /** There are none any more. */
  stop(): void {
    this.stopped = true;
    this.cancel?.();
    for (const userId of this.people.keys()) void this.shared?.tell(userId, 0);
  }

  private of(userId: string): Known {
    const known = this.people.get(userId);
    if (known) return known;
    const pace = new Pace();
    const made: Known = {
      told: Promise.resolve(),
      open: 0,
      elsewhere: { lines: 0, instances: 0 },
      pace,
      get all() {
        return this.open + this.elsewhere.lines;
      },
      came: (socket, message) => this.keepPace(socket, pace.count(message, this.clock.now())),
    };
    this.people.set(userId, made);
    return made;
  }

  private async tell(userId: string, lines: Known): Promise<void> {
    if (!this.shared || this.stopped) return;
    lines.elsewhere = await this.shared.tell(userId, lines.open);
    lines.pace.shares = lines.elsewhere.instances + 1;
    if (this.stopped) return;
    this.cancel ??= this.clock.after(KNOWN_MS / 3, () => {
      this.cancel = null;
      for (const [id, one] of this.people) if (one.open > 0) void this.tell(id, one);
    });
  }

  /** Reads nothing more from a socket for a while. What had come by then is still handled. */
  private keepPace(socket: WebSocket, ms: number): void {
    if (ms === 0 || socket.isPaused || socket.readyState !== socket.OPEN) return;
    socket.pause();
    this.clock.after(ms, () => socket.resume());
  }

  /** Their pace is known for a while longer: who comes back at once has not become somebody else. */
  private closed(userId: string, lines: Known): void {
    lines.open -= 1;
    void this.tell(userId, lines);
    if (lines.open > 0) return;
    this.clock.after(FIXED.unloadMs, () => {
      if (lines.open === 0 && this.people.get(userId) === lines) this.people.delete(userId);
    });
  }
}
