/** Bounds of the service; each is a variable of the environment. */
export interface SyncLimits {
  readonly documentBytes: number;
  readonly messageBytes: number;
  readonly firstDifferenceBytes: number;
  readonly awarenessBytes: number;
  readonly awarenessPerSecond: number;
  readonly handBytes: number;
  readonly handsPerSecond: number;
  readonly socketsPerUser: number;
  readonly peopleInSession: number;
  /** Gestures that the history of a session keeps. */
  readonly gestures: number;
}

export const LIMITS: SyncLimits = {
  documentBytes: 5 * 1024 * 1024,
  messageBytes: 64 * 1024,
  firstDifferenceBytes: 1024 * 1024,
  awarenessBytes: 2048,
  awarenessPerSecond: 20,
  handBytes: 256,
  handsPerSecond: 60,
  socketsPerUser: 20,
  peopleInSession: 100,
  gestures: 20_000,
};

/** Bounds that nobody needs to turn; SPEC.md says which rule each serves. */
export const FIXED = {
  /** Everything that comes within this time, in all rooms, is one transaction. */
  commitWindowMs: 8,
  /** While there is always something to write, one begins so long after the one before. */
  commitEveryMs: 12,
  /** A batch this large does not wait for the window's end. */
  commitBytes: 1024 * 1024,
  /** Unread bytes at which a slow reader is let go, to come back. */
  bufferedBytes: 8 * 1024 * 1024,
  /** Unread bytes at which a reader gets no previews: they would be late. */
  handBufferedBytes: 64 * 1024,
  /** Bytes and messages kept for a client until the room is loaded, or until its first difference has come. */
  heldBytes: 1024 * 1024,
  heldMessages: 512,
  /** All messages of one connection: far more than an honest client sends, echoes of awareness included. */
  messagesPerSecond: 2000,
  messagesAtOnce: 6000,
  /** Requests for the state, each of which may be answered with the whole document. */
  statesPerSecond: 1,
  statesAtOnce: 10,
  /** Structs walked for exact differences, in one room: at 2,000 in a millisecond, a twentieth of the time. */
  exactPerSecond: 100_000,
  exactAtOnce: 100_000,
  /** New structs and deletions in the updates of one user in one room: a full lane has a thousand. */
  changesPerSecond: 20_000,
  changesAtOnce: 100_000,
  /** The share of the largest document that may be the past of its mix, and client ids that it may name. Past it the mix gets a new one. */
  pastShare: 0.1,
  mostClients: 4000,
  /** Keys that a lane may ever have had, and what of keys and values may be no more before the mix gets a new document. */
  laneKeys: 16_384,
  laneRemains: 8192,
  /** A document this full is not measured again for so long: it takes 64 ms at 5 MB. */
  closeToLimit: 0.9,
  measureMs: 3000,
  /** Refusals of one user in one room. Past them the door is shut for a while. */
  refusalsPerSecond: 0.2,
  refusalsAtOnce: 10,
  /** What a refusal counts that was found only in the shadow, and cost the room a new one. */
  costlyRefusal: 10,
  barredMs: 30_000,
  roleCheckMs: 1000,
  awarenessTickMs: 50,
  /** Shorter than the 30 s after which a y-websocket client takes silence for a dead line. */
  heartbeatMs: 15_000,
  unloadMs: 30_000,
  compactRows: 500,
  /** Where that many come again and again, the whole document is not encoded for each of them: reading so many takes 30 ms. */
  compactMs: 5000,
  compactRowsAtOnce: 5000,
  /** How often a room reads what other instances wrote, whether it heard of it or not. With the reading it stays within 5 s. */
  healMs: 4000,
  /** An instance of which nothing was heard for so long is gone, with its people. */
  lostInstanceMs: 10_000,
  /** A hand that comes later than this from another instance is not passed on. */
  lateHandMs: 250,
  /** What the same hand does after so long is another gesture, and one that lasts longer is told in parts. */
  gestureGapMs: 1000,
  gestureMs: 60_000,
  /** How often a gesture that goes on is written down. */
  gestureKeptMs: 1000,
  /** How far behind the log it may be found at the most, after the service ended without notice: the disk may have been slow. */
  gestureUnkeptMs: 10_000,
  /** A gesture with more differences is not gone on with. */
  gestureDifferences: 1000,
  /** Gestures of a mix that the next ones are compared with. */
  gesturesKnown: 64,
  /** Of so many gestures it is looked whether they were written to their end. */
  gesturesMended: 256,
  /** Gestures gone back over in one go: some milliseconds. */
  gesturesAtOnce: 500,
  /** Bytes that a gesture of the history may have on the average, as many as there are. */
  gestureBytes: 1000,
  /** Structs an update may span; a struct's length costs the sender nothing, and a state vector holds it for ever. */
  updateLength: 1_000_000,
} as const;
