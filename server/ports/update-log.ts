/** One update of a session's document as it is on disk. */
export interface LoggedUpdate {
  /** Grows with each append, over all sessions of this log. */
  readonly sequence: number;
  readonly update: Uint8Array;
  readonly userId: string | null;
  readonly clientId: number | null;
  readonly at: number;
  /** Of which document of the session it is: each outgrown one has a successor. */
  readonly epoch: number;
}

export interface NewUpdate {
  readonly sessionId: string;
  /** The document that it changes; where the session has gone on to another, it is not written. */
  readonly epoch: number;
  readonly update: Uint8Array;
  readonly userId: string | null;
  readonly clientId: number | null;
  readonly at: number;
  /** The gesture that the update is, or goes on with; null for one that changes nothing of the mix. */
  readonly gesture?: NewGesture | null;
}

/** A gesture as the history keeps it. It comes again, under the same id, with an update that adds to what it changes. */
export interface NewGesture {
  readonly id: string;
  readonly userId: string | null;
  /** When it began, and when its last update came: milliseconds since 1970. */
  readonly at: number;
  readonly until: number;
  readonly kind: string;
  /** The ids of the strips that it touches. */
  readonly strips: readonly string[];
  /** The gesture that this one took back. */
  readonly reverts: string | null;
  /** What it changed, as JSON. */
  readonly body: string;
}

/** A gesture that is in the log and has gone on, with the same controls and no others: only its end is another, and what it led to. */
export interface GoneOn {
  readonly sessionId: string;
  readonly gesture: NewGesture;
}

export interface LoggedGesture extends NewGesture {
  /** The row of the update with which it began. */
  readonly sequence: number;
}

/**
 * The durable truth of every mix document. `append` resolves only when all of the batch is on disk (one transaction);
 * it rejects, with nothing written, when it is not.
 */
export interface UpdateLog {
  /**
   * Updates and their gestures together, and gestures that have gone on meanwhile. One that was forgotten stays so. Null for each
   * update that is of another epoch than its session now: nothing of it is written.
   */
  append(batch: readonly NewUpdate[], goneOn?: readonly GoneOn[]): Promise<readonly (number | null)[]>;
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
  /**
   * Begins the epoch after `epoch` with a document of its own, in place of all rows, in one transaction. `document` makes it, at once,
   * from what came after the row `through`; meanwhile nobody writes to the session. Resolves with its row, newer than all before;
   * null, and nothing is done, where the session has left that epoch. Gestures stay.
   */
  turn(
    sessionId: string,
    from: { readonly epoch: number; readonly through: number },
    document: (later: readonly LoggedUpdate[]) => Uint8Array,
  ): Promise<number | null>;
  /** The gestures of a session that began after the row `sequence`, in the order in which they began. */
  gesturesAfter(sessionId: string, sequence: number): Promise<readonly LoggedGesture[]>;
  /** The newest `most` gestures of a session of those that began up to the row `through`, in the order in which they began. */
  newestGestures(sessionId: string, through: number, most: number): Promise<readonly LoggedGesture[]>;
  /** Forgets the oldest gestures of a session past the newest `most`, or past `mostBytes` of bodies. */
  trimGestures(sessionId: string, most: number, mostBytes: number): Promise<void>;
  remove(sessionId: string): Promise<void>;
}
