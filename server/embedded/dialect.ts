import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Ask } from './ask';
import type { Turns } from './turns';

/** Kysely over the one connection. A query waits for no other, only for transactions that are open. */
export function dialectOver(turns: Turns): Dialect {
  return {
    createDriver: () => driverOver(turns),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (kysely) => new SqliteIntrospector(kysely),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class Connection implements DatabaseConnection {
  private end: (() => void) | null = null;

  constructor(private readonly turns: Turns) {}

  async begin(): Promise<void> {
    this.end = await this.turns.open();
    await this.say('begin');
  }

  async finish(how: 'commit' | 'rollback'): Promise<void> {
    await this.say(how);
  }

  /** Whoever was waiting for its transaction goes on. */
  release(): void {
    this.end?.();
    this.end = null;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const ask: Ask = this.end ? this.turns.within : this.turns.ask;
    const { rows, changes, inserted } = await ask('query', [sql, parameters]);
    return {
      // What the compiled query selects is a matter between kysely and the database.
      rows: rows as Row[],
      ...(changes === undefined ? {} : { numAffectedRows: BigInt(changes) }),
      ...(inserted === undefined ? {} : { insertId: BigInt(inserted) }),
    };
  }

  streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('Rows of the embedded database are not streamed.');
  }

  private say(sql: string): Promise<unknown> {
    return this.executeQuery(CompiledQuery.raw(sql));
  }
}

function driverOver(turns: Turns): Driver {
  const own = (connection: DatabaseConnection): Connection => {
    if (!(connection instanceof Connection)) throw new Error('A connection of another database.');
    return connection;
  };
  return {
    init: async () => {},
    acquireConnection: async () => new Connection(turns),
    beginTransaction: (connection) => own(connection).begin(),
    commitTransaction: (connection) => own(connection).finish('commit'),
    rollbackTransaction: (connection) => own(connection).finish('rollback'),
    releaseConnection: async (connection) => own(connection).release(),
    destroy: async () => {},
  };
}
