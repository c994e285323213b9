import { randomInt } from 'node:crypto';
import type { Kysely } from 'kysely';
import { may } from '../../lib/access';
import {
  BLIND_LETTERS,
  type BlindLetter,
  type BlindMix,
  type BlindTest,
  MIX_OF_NOW,
  type OwnBlindTest,
  type PlainRecords,
  recordsAsData,
  type User,
} from '../../lib/protocol';
import { newId } from '../../lib/std';
import { forbidden, notFound, Refusal } from '../http/problem';
import { type People, somebody } from '../people/service';
import { type Bus, publish } from '../ports';
import type { Access } from '../sessions/access';
import { packed, unpacked } from '../snapshots/packed';
import type { Snapshots } from '../snapshots/service';
import type { BlindVotesTable, Database } from '../sql/database';
import { holdSession } from '../sql/holding';
import type { SyncService } from '../sync';
import { type BlindTestRow, blindRows } from './repository';

export interface BlindTestNeeds {
  readonly kysely: Kysely<Database>;
  readonly access: Access;
  readonly people: People;
  readonly snapshots: Pick<Snapshots, 'whole'>;
  readonly sync: Pick<SyncService, 'records'>;
  readonly bus: Bus;
  readonly now: () => number;
}

/** What stands behind a letter, in the order of the letters. */
interface Version {
  readonly name: string;
  readonly snapshotId: string | null;
}

const NAME_OF_NOW = 'The mix when the test began';
/** So many tests are listed. */
const LISTED = 20;
const OVER = 'This test has been revealed; its votes are counted.';

/** Every order equally likely, by the system's random numbers: nobody can foresee it. */
function shuffled<T>(all: readonly T[]): T[] {
  const left = [...all];
  const order: T[] = [];
  while (left.length > 0) order.push(...left.splice(randomInt(left.length), 1));
  return order;
}

/**
 * Comparisons by the whole room. Which letter is which is known to this service alone until the reveal: it leaves it in no answer and
 * no event, and mixes are handed out by letter, without names, ids or times.
 */
export function createBlindTests({ kysely, access, people, snapshots, sync, bus, now }: BlindTestNeeds) {
  const rows = blindRows(kysely);
  const versionsOf = ({ versions }: BlindTestRow) => JSON.parse(versions) as Version[];

  async function told(sessionId: string, found: readonly BlindTestRow[], votes: readonly BlindVotesTable[]): Promise<BlindTest[]> {
    const ids = [...found.map(({ author_id }) => author_id), ...votes.map(({ user_id }) => user_id)];
    const names = await people.named(ids, sessionId);
    const user = (id: string) => names.get(id) ?? somebody(id);
    return found.map((row) => {
      const versions = versionsOf(row);
      const cast = votes.filter(({ test_id }) => test_id === row.id);
      const letters = BLIND_LETTERS.slice(0, versions.length);
      const revealed = () =>
        versions.map(({ name, snapshotId }, at) => {
          const letter = BLIND_LETTERS[at] ?? 'A';
          return { letter, name, snapshotId, votes: cast.filter((vote) => vote.letter === letter).map((vote) => user(vote.user_id)) };
        });
      return {
        ...{ id: row.id, by: user(row.author_id), at: Number(row.created_at), letters: [...letters], together: row.together === 1 },
        heard: BLIND_LETTERS.find((letter) => letter === row.heard) ?? null,
        voted: cast.map((vote) => vote.user_id),
        result: row.revealed_at === null ? null : { at: Number(row.revealed_at), versions: revealed() },
      };
    });
  }

  const own = (test: BlindTest, votes: readonly BlindVotesTable[], user: User): OwnBlindTest => {
    const mine = votes.find((vote) => vote.test_id === test.id && vote.user_id === user.id)?.letter;
    return { ...test, mine: BLIND_LETTERS.find((letter) => letter === mine) ?? null };
  };

  async function found(sessionId: string, id: string, inside = rows): Promise<BlindTestRow> {
    const row = await inside.find(sessionId, id);
    if (row === undefined) throw notFound();
    return row;
  }

  /** A test that goes on, and has such a letter. */
  async function running(sessionId: string, id: string, letter: BlindLetter, inside = rows): Promise<BlindTestRow> {
    const row = await found(sessionId, id, inside);
    if (row.revealed_at !== null) throw new Refusal(409, OVER);
    if (BLIND_LETTERS.indexOf(letter) >= versionsOf(row).length) throw new Refusal(400, `There is no version ${letter} in this test.`);
    return row;
  }

  /** Tells everybody how a test stands, and who asked what he has voted. */
  async function publishTest(user: User, sessionId: string, id: string): Promise<OwnBlindTest> {
    const votes = await rows.votes([id]);
    const [test] = await told(sessionId, [await found(sessionId, id)], votes);
    if (test === undefined) throw notFound();
    publish(bus, 'blind', { sessionId, what: 'put', test });
    return own(test, votes, user);
  }

  /** Who began it, and owners, may end it. */
  async function lead(user: User, sessionId: string, id: string): Promise<BlindTestRow> {
    const role = await access.demand(sessionId, user.id, 'snapshots.write');
    const row = await found(sessionId, id);
    if (row.author_id !== user.id && !may(role, 'session.edit')) throw forbidden('Only who began this test, or the owner, may end it.');
    return row;
  }

  return {
    /** The newest first. */
    async list(user: User, sessionId: string): Promise<OwnBlindTest[]> {
      await access.demand(sessionId, user.id, 'session.read');
      const listed = await rows.newest(sessionId, LISTED);
      const votes = await rows.votes(listed.map(({ id }) => id));
      return (await told(sessionId, listed, votes)).map((test) => own(test, votes, user));
    },
    /** Begins a test of kept versions, and of the mix as it is on disk now (`MIX_OF_NOW`). One at a time. */
    async create(user: User, sessionId: string, wish: { readonly versions: readonly string[]; readonly together: boolean }) {
      await access.demand(sessionId, user.id, 'snapshots.write');
      const chosen = await Promise.all(
        wish.versions.map(async (version): Promise<Version & { readonly records: PlainRecords }> => {
          if (version === MIX_OF_NOW) return { name: NAME_OF_NOW, snapshotId: null, records: recordsAsData(await sync.records(sessionId)) };
          const { id, name, records } = await snapshots.whole(user, sessionId, version);
          return { name, snapshotId: id, records };
        }),
      );
      const order = shuffled(chosen);
      const mixes = await packed(order.map(({ records }) => records));
      const versions = JSON.stringify(order.map(({ name, snapshotId }): Version => ({ name, snapshotId })));
      const id = newId();
      await kysely.transaction().execute(async (transaction) => {
        const inside = blindRows(transaction);
        await holdSession(transaction, sessionId);
        if (await inside.running(sessionId)) throw new Refusal(409, 'A blind test is going on. Reveal it, or end it, before the next one.');
        const made = { author_id: user.id, created_at: now(), together: Number(wish.together), heard: null, revealed_at: null };
        await inside.insert({ id, session_id: sessionId, versions, mixes, ...made });
      });
      return await publishTest(user, sessionId, id);
    },
    /** What a letter sounds like, and nothing else of it. */
    async mix(user: User, sessionId: string, id: string, letter: BlindLetter): Promise<BlindMix> {
      await access.demand(sessionId, user.id, 'session.read');
      await found(sessionId, id);
      const row = await rows.mixesOf(id);
      const records = row && (await unpacked<PlainRecords[]>(row.mixes))[BLIND_LETTERS.indexOf(letter)];
      if (records === undefined) throw notFound();
      return { records };
    },
    /** Everybody hears this one now. */
    async hear(user: User, sessionId: string, id: string, letter: BlindLetter): Promise<OwnBlindTest> {
      await access.demand(sessionId, user.id, 'votes.write');
      const row = await running(sessionId, id, letter);
      if (row.together !== 1) throw new Refusal(409, 'In this test each one chooses what to hear.');
      await rows.hear(id, letter);
      return await publishTest(user, sessionId, id);
    },
    async vote(user: User, sessionId: string, id: string, letter: BlindLetter): Promise<OwnBlindTest> {
      await access.demand(sessionId, user.id, 'votes.write');
      await kysely.transaction().execute(async (transaction) => {
        const inside = blindRows(transaction);
        await holdSession(transaction, sessionId);
        await running(sessionId, id, letter, inside);
        await inside.vote({ test_id: id, user_id: user.id, letter });
      });
      return await publishTest(user, sessionId, id);
    },
    /** Says to everybody what the letters are and how the votes fell. */
    async reveal(user: User, sessionId: string, id: string): Promise<OwnBlindTest> {
      await lead(user, sessionId, id);
      await kysely.transaction().execute(async (transaction) => {
        await holdSession(transaction, sessionId);
        await blindRows(transaction).reveal(id, now());
      });
      return await publishTest(user, sessionId, id);
    },
    /** Ends a test without a result, or takes one off the list. */
    async remove(user: User, sessionId: string, id: string): Promise<void> {
      await lead(user, sessionId, id);
      await rows.remove(id);
      publish(bus, 'blind', { sessionId, what: 'gone', id });
    },
  };
}
export type BlindTests = ReturnType<typeof createBlindTests>;
