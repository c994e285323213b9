import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createLog } from '../observability/log';
import { migrate } from '../sql/migrations';
import { openPostgres, type PostgresDatabase } from './database';
import { S3_TEST_KEY } from './s3.fixture';

/** The address of a server that this run's tests share. */
async function testService(name: string): Promise<string> {
  const answer = await fetch(`${inject('testServices')}/${name}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${name} for the tests could not be started: ${text}`);
  return text;
}

/** The address of a new database on the tests' server, with nothing in it. */
export async function newPostgresUrl(): Promise<string> {
  const server = await testService('postgres');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const client = new pg.Client(server);
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return server.replace(/[^/]+$/, name);
}

/** A new database with all its tables. */
export async function emptyPostgres(): Promise<PostgresDatabase> {
  const database = openPostgres(await newPostgresUrl(), createLog('silent'));
  await migrate(database.kysely, 'postgres');
  return database;
}

/** A bucket that is not there yet, on the tests' server. */
export async function s3Environment(): Promise<Record<string, string>> {
  return {
    S3_ENDPOINT: await testService('s3'),
    S3_BUCKET: `test-${randomBytes(8).toString('hex')}`,
    S3_ACCESS_KEY_ID: S3_TEST_KEY,
    S3_SECRET_ACCESS_KEY: S3_TEST_KEY,
  };
}

/** The environment of a service on PostgreSQL and S3, both empty. */
export async function clusterEnvironment(): Promise<Record<string, string>> {
  return { DATABASE_URL: await newPostgresUrl(), ...(await s3Environment()) };
}
