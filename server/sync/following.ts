import { readRecords } from '../../lib/doc';
import type { LoggedUpdate, UpdateLog } from '../ports';
import type { Company } from './company';
import type { Content } from './content';
import { agrees, contradicts } from './contradiction';
import { FIXED } from './limits';
import { mendHistory } from './mended-history';
import { type PeerListener, type PeerPorts, Peers } from './peers';
import type { Clock, Logger } from './ports';
import { applied, decodedRow, passing, whileWhole } from './rows';

interface FollowingPorts {
  readonly log: UpdateLog;
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
  /** Resolves when all that was let in is on disk. */
  settled(): Promise<void>;
  /** What is here is not what the log says. */
  astray(): void;
}

/** An update that changes nothing. */
const NOTHING = new Uint8Array([0, 0]);

/** How a room follows what other instances write to its session's log. They have judged it, and it is on disk. SPEC.md 10. */
export class Following {
  readonly peers: Peers | null;
  /** True when rows may have come that reading did not see. */
  private missed = false;
  private comparing = false;

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
      lost: (from) => {
        company().hearElsewhere(from, null, true);
        this.mend().catch((error: unknown) => this.warn(error, 'What another instance left unwritten of the history could not be mended'));
      },
      hand: (bytes) => company().passHand(bytes, null),
      here: () => company().here(),
    };
  }

  /** Writes to their end the gestures of an instance that is no more. */
  private async mend(): Promise<void> {
    await this.readAll();
    const content = this.room.content();
    if (!content) return;
    const records = readRecords(content.doc);
    const now = this.ports.clock.now();
    await mendHistory(this.ports.log, this.sessionId, {
      records: () => records,
      through: content.followed.newest,
      from: now - 2 * FIXED.lostInstanceMs - FIXED.gestureUnkeptMs,
      until: now - FIXED.lostInstanceMs / 2,
    });
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
    let doubtful = false;
    const looked = passing(rows, (row) => {
      taken.push(row);
      // A snapshot, which is nobody's, is what the log says anyway.
      const update = row.clientId === null || doubtful ? null : decodedRow(row);
      if (update) doubtful = contradicts(doc, update);
    });
    const change = applied(doc, looked);
    for (const { clientId, userId } of taken) gate.recognise(clientId, userId);
    if (change) gate.follow(change);
    this.room.took(change, taken.length);
    if (doubtful) this.compare().catch((error: unknown) => this.warn(error, 'The mix could not be compared with its log'));
    return taken;
  }

  /** Where two instances have let in one client id with different content, the log has the one that was written first. */
  private async compare(): Promise<void> {
    const content = this.room.content();
    if (this.comparing || !content) return;
    this.comparing = true;
    try {
      await this.room.settled();
      const rows = await this.ports.log.read(this.sessionId);
      if (rows.some(({ epoch }) => epoch !== content.epoch)) {
        this.room.moved();
        return;
      }
      if (agrees(content.doc, rows)) return;
      this.ports.logger.error({ sessionId: this.sessionId }, 'One client id was used twice at once: the mix is read anew from its log');
      this.room.astray();
    } finally {
      this.comparing = false;
    }
  }

  private warn(error: unknown, text: string): void {
    this.ports.logger.warn({ err: error, sessionId: this.sessionId }, text);
  }
}
