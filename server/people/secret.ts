import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Database } from '../sql/database';

/** The secret that signs cookies: made once, kept beside the data, readable by the owner of the process only. */
export function keptSecret(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'secret');
  try {
    // `wx`: of two that start at once, one makes it and the other reads it.
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length < 32)
    throw new Error(`${file} is too short to sign cookies with. Remove it: a new one is made, and everybody is asked for a name again.`);
  return secret;
}

/** The same for several instances on one database: made by the first, read by all. */
export async function sharedSecret(kysely: Kysely<Database>): Promise<string> {
  await kysely
    .insertInto('service_secrets')
    .values({ purpose: 'cookies', value: randomBytes(32).toString('base64url') })
    .onConflict((conflict) => conflict.column('purpose').doNothing())
    .execute();
  const { value } = await kysely.selectFrom('service_secrets').select('value').where('purpose', '=', 'cookies').executeTakeFirstOrThrow();
  return value;
}
