import type { Transaction } from 'kysely';
import type { Database } from './database';

/**
 * Until this transaction ends no other that holds the same row goes past this point: what is counted afterwards stays true. By a
 * change that changes nothing, which both databases understand (SQLite lets only one transaction write anyway).
 */
export async function holdSession(transaction: Transaction<Database>, sessionId: string): Promise<void> {
  await transaction
    .updateTable('sessions')
    .set((row) => ({ demo: row.ref('demo') }))
    .where('id', '=', sessionId)
    .execute();
}

/** As `holdSession`, for what is counted by person. */
export async function holdUser(transaction: Transaction<Database>, userId: string): Promise<void> {
  await transaction
    .updateTable('user')
    .set((row) => ({ name: row.ref('name') }))
    .where('id', '=', userId)
    .execute();
}
