import { MESSAGE } from '../../lib/protocol';

/** What one person may have read in a second, over all of their lines: many times what an honest hand writes. In bytes of updates. */
const PER_SECOND = 256 * 1024;
/** And at once: the first difference of a page that comes back. */
const AT_ONCE = 1024 * 1024;
/** What a message costs besides its bytes. */
const EACH = 64;
/** Awareness costs little to read, and an unmodified provider sends back all that it hears. */
const LIGHTER = 8;

/** How fast one person's messages are read. Who sends more waits, as on a slower line: nothing is lost and nobody is closed. */
export class Pace {
  /** How many instances of the service read what this person sends: each a part of it. */
  shares = 1;
  private ahead = 0;
  private at = 0;

  /** Counts a message that came at `now`; the result is for how long nothing more should be read, in milliseconds. */
  count(message: Uint8Array, now: number): number {
    const cost = EACH + message.length / (message[0] === MESSAGE.awareness ? LIGHTER : 1);
    const perSecond = PER_SECOND / this.shares;
    this.ahead = Math.max(0, this.ahead - (Math.max(0, now - this.at) * perSecond) / 1000) + cost;
    this.at = now;
    return Math.max(0, ((this.ahead - AT_ONCE) / perSecond) * 1000);
  }
}
