/** One update of a session's document as it is on disk. */
export interface LoggedUpdate {
  /** Grows with each append, over all sessions of this log. */
  readonly sequence: number;
  readonly update: Uint8Array;
  readonly userId: string | null;
  readonly clientId: number | null;
  readonly at: number;
}

export interface NewUpdate {
  readonly sessionId: string;
  readonly update: Uint8Array;
  readonly userId: string | null;
  readonly clientId: number | null;
  readonly at: number;
}

/**
 * The durable truth of every mix document. `append` resolves only when all of the batch is on disk (one transaction);
 * it rejects, with nothing written, when it is not.
 */
export interface UpdateLog {
  append(batch: readonly NewUpdate[]): Promise<readonly number[]>;
  /** Everything of a session in order: the snapshot (as one update, if there is one) and what came after it. */
  read(sessionId: string): Promise<readonly LoggedUpdate[]>;
  count(sessionId: string): Promise<number>;
  /** Replaces what was merged, rows up to `through`, by one snapshot; rows appended since stay. */
  compact(sessionId: string, snapshot: Uint8Array, through: number): Promise<void>;
  remove(sessionId: string): Promise<void>;
}
