import type { Role } from '../../lib/access';
import type { User } from '../../lib/protocol';

/** All that a room knows of a socket. */
export interface SocketLike {
  send(bytes: Uint8Array): void;
  close(code: number, reason: string): void;
  /** Bytes handed to `send` that are not yet on their way. */
  readonly buffered: number;
}

/** Time as the room sees it; tests turn it by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `run` once after `ms`; the result takes it back. */
  after(ms: number, run: () => void): () => void;
}

export interface Logger {
  info(data: object, text: string): void;
  warn(data: object, text: string): void;
  error(data: object, text: string): void;
}

/** What is measured of the updates. */
export interface SyncMeasures {
  /** An update was sent to the others, so many seconds after it had been judged; it is on disk. */
  delivered(seconds: number): void;
  /** An update was refused, by close code. */
  refused(code: number): void;
}

/** What someone may do in a session now; null for somebody who is no member. */
export type RoleOf = (sessionId: string, userId: string) => Promise<Role | null>;

/** The roles of all members of a session, by their ids. */
export type RolesIn = (sessionId: string) => Promise<ReadonlyMap<string, Role>>;

/** Who is behind a socket, as the server knows it. */
export interface Who {
  readonly user: User;
  readonly role: Role;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
