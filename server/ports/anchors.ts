import type { Anchor } from '../../lib/protocol';

/** The transport's anchor of each session, where several instances move it: one at a time. */
export interface SharedAnchors {
  /** With when somebody was last there (server time, ms); null where none is kept. */
  read(sessionId: string): Promise<{ readonly anchor: Anchor; readonly attended: number } | null>;
  /** Keeps `anchor` and gives null, unless one with a higher version than `before` is kept, which it gives. */
  swap(sessionId: string, before: number, anchor: Anchor): Promise<Anchor | null>;
  /** Somebody is in these sessions now. */
  attend(sessionIds: readonly string[], now: number): Promise<void>;
  forget(sessionId: string): Promise<void>;
}
