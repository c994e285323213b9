import type { LoggedUpdate } from '../ports';
import type { Company } from './company';
import type { Content } from './content';
import { type PeerListener, type PeerPorts, Peers } from './peers';
import type { Clock, Logger } from './ports';
import { applied, passing, whileWhole } from './rows';

interface FollowingPorts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** The other instances; null where there are none. */
  readonly peers: PeerPorts | null;
}

/** The room that follows. */
interface Follower {
  /** Null until it is loaded. */
  content(): Content | null;
  company(): Company;
  /** So many rows of other instances are in the document and its shadow: `change` is all that they made different. */
  took(change: Uint8Array | null, rows: number): void;
  /** The session's log goes on with another document. */
  moved(): void;
}

const NOTHING = new Uint8Array([0, 0]);

/** How a room follows what other instances write to its session's log. They have judged it, and it is on disk. SPEC.md 10. */
export class Following {
  readonly peers: Peers | null;
  /** True when rows may have come that reading did not see. */
  private missed = false;

  constructor(
    private readonly sessionId: string,
    private readonly ports: FollowingPorts,
    private readonly room: Follower,
  ) {
    this.peers = ports.peers && new Peers(sessionId, ports.peers, ports.clock, this.listener());
  }

  /** The document is there. */
  loaded({ written }: Content): void {
    this.peers?.written(written);
    if (this.missed) this.catchUp();
  }

  /** Reads from the log what other instances wrote; all of it is in the document then. */
  async readAll(): Promise<void> {
    const content = this.room.content();
    this.missed = content === null;
    await content?.followed.catchUp((rows) => {
      if (rows.every(({ epoch }) => epoch === content.epoch)) this.follow(content, rows);
      else this.room.moved();
    });
  }

  /** Tells the other instances that the session's log goes on with another document. */
  tellMoved(epoch: number, sequence: number, at: number): void {
    this.peers?.written([{ sequence, epoch, at, update: NOTHING, userId: null, clientId: null }]);
  }

  close(): void {
    this.peers?.close();
  }

  private listener(): PeerListener {
    const company = () => this.room.company();
    return {
      rows: (rows) => this.hear(rows),
      behind: () => this.catchUp(),
      presence: (from, people, all) => company().hearElsewhere(from, people, all),
      lost: (from) => company().hearElsewhere(from, null, true),
      hand: (bytes) => company().passHand(bytes, null),
      here: () => company().here(),
    };
  }

  private catchUp(): void {
    this.readAll().catch((error: unknown) => this.warn(error, 'The log could not be read; it will be'));
  }

  /** Takes rows of which another instance speaks. False when the log has to be read for what they build on. */
  private hear(rows: readonly LoggedUpdate[]): boolean {
    const content = this.room.content();
    if (!content) return false;
    const { doc, followed } = content;
    const news = rows.filter(({ sequence }) => !followed.knows(sequence));
    if (news.some(({ epoch }) => epoch !== content.epoch)) {
      this.room.moved();
      return true;
    }
    const taken = this.follow(content, whileWhole(doc, news));
    for (const { sequence } of taken) followed.note(sequence);
    return taken.length === news.length;
  }

  private follow({ doc, gate }: Content, rows: Iterable<LoggedUpdate>): readonly LoggedUpdate[] {
    const taken: LoggedUpdate[] = [];
    const change = applied(doc, passing(rows, taken));
    for (const { clientId, userId } of taken) gate.recognise(clientId, userId);
    if (change) gate.follow(change);
    this.room.took(change, taken.length);
    return taken;
  }

  private warn(error: unknown, text: string): void {
    this.ports.logger.warn({ err: error, sessionId: this.sessionId }, text);
  }
}
