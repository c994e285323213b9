import type { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { openDatabase } from '../embedded/database';
import { memberColors } from './member-colors';
import { firstTables } from './tables';

test('members of before get colours by when they joined, in each session from the first', async () => {
  const database = openDatabase(':memory:');
  const old = database.kysely as unknown as Kysely<Record<string, Record<string, unknown>>>;
  await firstTables(database.kysely as unknown as Kysely<unknown>, 'sqlite');
  const session = { title: 'S', owner_id: 'a', demo: 0, listeners_may_comment: 0, created_at: 1, changed_at: 1, deleted_at: null };
  for (const id of ['s', 't'])
    await old
      .insertInto('sessions')
      .values({ ...session, id })
      .execute();
  const members = [
    ['s', 'late', 3],
    ['s', 'first', 1],
    ['s', 'also', 1],
    ['t', 'late', 9],
  ] as const;
  for (const [session_id, user_id, joined_at] of members)
    await old.insertInto('members').values({ session_id, user_id, joined_at, role: 'mixer' }).execute();
  await memberColors(database.kysely as unknown as Kysely<unknown>, 'sqlite');
  const rows = await database.kysely
    .selectFrom('members')
    .select(['session_id', 'user_id', 'color'])
    .orderBy('session_id')
    .orderBy('color')
    .execute();
  expect(rows.map((row) => `${row.session_id} ${row.user_id} ${row.color}`)).toEqual(['s also 0', 's first 1', 's late 2', 't late 0']);
  await database.close();
});
