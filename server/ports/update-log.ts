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
  /**
   * What of a session came after the row `sequence`, in order; where that has been merged meanwhile, the snapshot first. Rows of one
   * session appear in the order of their sequences, whoever writes them: what is read here as the last one has nothing before it that
   * is still to come. (Of one's own appends that cannot be said: between two of them may lie somebody else's.)
   */
  since(sessionId: string, sequence: number): Promise<readonly LoggedUpdate[]>;
  count(sessionId: string): Promise<number>;
  /**
   * Replaces what was merged, rows up to `through`, by one snapshot; rows appended since stay. The snapshot must hold every row up to
   * `through`, other instances' too: of where one's own append lies that says nothing, of where `read` or `since` ended it does.
   */
  compact(sessionId: string, snapshot: Uint8Array, through: number): Promise<void>;
  remove(sessionId: string): Promise<void>;
}
