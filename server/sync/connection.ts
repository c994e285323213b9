import { Bucket } from '../../lib/std';
import { Acknowledgements } from './acknowledgements';
import type { DecodedUpdate } from './decoded-update';
import { Inbox } from './inbox';
import { FIXED, type SyncLimits } from './limits';
import type { SocketLike, Who } from './ports';

/** An update that waits for the first difference. */
interface Held {
  readonly n: number;
  readonly update: DecodedUpdate;
}

/** What a room keeps of one open socket. */
export class Connection {
  readonly acknowledgements = new Acknowledgements();
  readonly messages: Bucket;
  readonly states: Bucket;
  readonly hands: Bucket;
  /** True until the answer to our state vector has come: updates with a gap are held till then. */
  awaitsDifference = true;
  /** True once something of this connection was left out, so that its document is ahead of ours. */
  leftOut = false;
  closed = false;
  lastSentAt: number;
  held: Held[] = [];
  heldBytes = 0;
  /** Messages that came before the room was loaded. */
  readonly inbox = new Inbox();

  constructor(
    readonly socket: SocketLike,
    public who: Who,
    now: number,
    limits: SyncLimits,
  ) {
    this.messages = new Bucket(FIXED.messagesPerSecond, FIXED.messagesAtOnce, now);
    this.states = new Bucket(FIXED.statesPerSecond, FIXED.statesAtOnce, now);
    this.hands = new Bucket(limits.handsPerSecond, limits.handsPerSecond / 4, now);
    this.lastSentAt = now;
  }

  /** Keeps an update for later; false when that is more than will be kept. */
  hold(n: number, update: DecodedUpdate): boolean {
    this.held.push({ n, update });
    this.heldBytes += update.bytes.length;
    return this.held.length <= FIXED.heldMessages && this.heldBytes <= FIXED.heldBytes;
  }

  takeHeld(): readonly Held[] {
    const { held } = this;
    this.held = [];
    this.heldBytes = 0;
    return held;
  }
}
