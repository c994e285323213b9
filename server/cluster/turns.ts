import pg from 'pg';

export interface Turns {
  /** Does something that only one instance may do at a time: the others wait for their turn. Rejects when that cannot come any more. */
  inTurn<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Who still waits is refused. */
  close(): Promise<void>;
}

/** Turns by locks of PostgreSQL, each on a connection of its own: when an instance ends, so does its connection, and its turn. */
export function postgresTurns(connectionString: string): Turns {
  const waiting = new Set<pg.Client>();
  let closed = false;
  return {
    async inTurn(name, work) {
      const client = new pg.Client({ connectionString, application_name: 'mixing-table' });
      // A connection that breaks while the work is under way ends the turn, not the process.
      client.on('error', () => {});
      try {
        await client.connect();
        // A client that is ended while it connects says nothing ever more; so this is looked at afterwards.
        if (closed) throw new Error('The service ends; nobody gets a turn any more.');
        waiting.add(client);
        await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
        waiting.delete(client);
        return await work();
      } finally {
        waiting.delete(client);
        await client.end();
      }
    },
    async close() {
      closed = true;
      await Promise.all([...waiting].map((client) => client.end()));
    },
  };
}
