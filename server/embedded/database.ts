import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely } from 'kysely';
import type { Database } from '../sql/database';
import { type Ask, askHere, askThread } from './ask';
import { dialectOver } from './dialect';
import { Turns } from './turns';

export interface OpenDatabase {
  readonly kysely: Kysely<Database>;
  /** A step of the database beside `kysely`, outside of any transaction. */
  readonly ask: Ask;
  /** Several steps of which nothing else comes between, outside of any transaction. */
  alone<T>(work: (within: Ask) => Promise<T>): Promise<T>;
  /** Once all that was asked before is done. */
  close(): Promise<void>;
}

/**
 * Opens (and creates) the embedded database in a thread of its own. There is one connection for the process's life: whoever has a
 * transaction open keeps all others waiting. `file` may be `:memory:` for tests, which is within this thread.
 */
export function openDatabase(file: string): OpenDatabase {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const turns = new Turns(file === ':memory:' ? askHere(file) : askThread(file));
  const kysely = new Kysely<Database>({ dialect: dialectOver(turns) });
  let closing: Promise<void> | null = null;
  return {
    kysely,
    ask: turns.ask,
    async alone(work) {
      const end = await turns.open();
      try {
        return await work(turns.within);
      } finally {
        end();
      }
    },
    close() {
      closing ??= kysely.destroy().then(() => turns.ask('close', []));
      return closing;
    },
  };
}
