import { beforeEach } from 'vitest';
import * as Y from 'yjs';
import type { Role } from '../../lib/access';
import { openDatabase } from '../embedded/database';
import { embeddedUpdateLog } from '../embedded/update-log';
import { migrate } from '../sql/migrations';
import type { Connection } from './connection';
import { GroupCommit } from './group-commit';
import { client, HandClock, HandSocket, type Heard, HeldLog } from './hand-driven';
import { LIMITS } from './limits';
import type { PeerPorts } from './peers';
import { Room } from './room';

const quiet = { info() {}, warn() {}, error() {} };

/** Made anew before each test of whoever imports this. */
export let clock: HandClock;
export let log: HeldLog;
export let roles: Map<string, Role>;
/** Sessions whose room came to its end. */
export let ended: string[];
let commit: GroupCommit;

beforeEach(async () => {
  const database = openDatabase(':memory:');
  await migrate(database.kysely, 'sqlite');
  clock = new HandClock();
  log = new HeldLog(embeddedUpdateLog(database));
  commit = new GroupCommit(log, clock);
  ended = [];
  roles = new Map([
    ['ann', 'owner'],
    ['ben', 'mixer'],
    ['lis', 'listener'],
  ]);
});

export function openRoom(limits = LIMITS, sessionId = 'song', peers: PeerPorts | null = null): Room {
  return new Room(sessionId, {
    log,
    commit,
    clock,
    limits,
    logger: quiet,
    roles: async () => roles,
    peers,
    ended: () => void ended.push(sessionId),
  });
}

/** Somebody at a room: a document, a line by hand, and what came over it. */
export class Person {
  readonly doc = new Y.Doc();
  readonly socket = new HandSocket();
  readonly connection: Connection;
  heard: Heard[] = [];
  private readonly unsent: Uint8Array[] = [];

  constructor(
    private readonly room: Room,
    id: string,
  ) {
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.unsent.push(update);
    });
    this.connection = room.join(this.socket, { user: { id, name: id, color: 3 }, role: roles.get(id) ?? 'listener' });
  }

  /** Takes what the room sent; answers its state vector as y-websocket does. */
  listen(): Heard[] {
    const heard = this.socket.take();
    for (const message of heard) {
      if (message.what === 'state-vector') this.say(client.difference(this.doc, message.bytes));
      if (message.what === 'difference' || message.what === 'update') Y.applyUpdate(this.doc, message.bytes, this);
    }
    this.heard.push(...heard);
    return heard;
  }

  /** What y-websocket says when its line opens, and everything up to being in step. */
  async enter(): Promise<this> {
    await this.room.loaded;
    this.say(client.sync(0, Y.encodeStateVector(this.doc)));
    this.listen();
    await clock.advance(8);
    this.listen();
    return this;
  }

  say(bytes: Uint8Array): void {
    this.room.receive(this.connection, bytes);
  }

  /** Sends the updates that the document made. */
  flush(): void {
    for (const update of this.unsent.splice(0)) this.say(client.update(update));
  }

  set(strip: string, field: string, value: unknown): void {
    this.doc.getMap<Y.Map<unknown>>('strips').get(strip)?.set(field, value);
    this.flush();
  }

  fader(strip = 'room'): unknown {
    return this.doc.getMap<Y.Map<unknown>>('strips').get(strip)?.get('fader');
  }

  get saved(): number {
    return Math.max(0, ...this.heard.flatMap((message) => (message.what === 'saved' ? [message.n] : [])));
  }

  get refusal() {
    return this.heard.find((message) => message.what === 'refused');
  }
}

export async function company(...ids: string[]): Promise<{ room: Room; people: Person[] }> {
  const room = openRoom();
  const people: Person[] = [];
  for (const id of ids) people.push(await new Person(room, id).enter());
  return { room, people };
}

export async function pair(first = 'ann', second = 'ben') {
  const { room, people } = await company(first, second);
  const [one, two] = people;
  if (!one || !two) throw new Error('nobody came');
  return { room, one, two };
}
