import { expect, test } from 'vitest';
import { readConfig, VARIABLES } from './config';

test('nothing set: every variable has its default', () => {
  const config = readConfig({});
  expect(config.PORT).toBe(3000);
  expect(config.HOST).toBe('127.0.0.1');
  expect(config.PUBLIC_URL).toBeNull();
  expect(config.MAX_STEM_MEGABYTES).toBe(2048);
  expect(config.development).toBe(true);
});

test('every default is a value that its own variable takes', () => {
  for (const [schema, preset] of Object.values(VARIABLES)) if (preset !== null) expect(schema.safeParse(preset).success).toBe(true);
});

test('an empty value is no value', () => {
  expect(readConfig({ PORT: '', PUBLIC_URL: '' }).PORT).toBe(3000);
});

test.each([
  ['PORT', '70000', 'PORT is "70000", but it takes a whole number from 0 to 65535'],
  ['PORT', '3e3', 'PORT is "3e3", but it takes a whole number'],
  ['SIGNUPS', 'maybe', 'SIGNUPS is "maybe", but it takes one of "open"|"invited"|"closed"'],
  ['PUBLIC_URL', 'mix.example.org', 'PUBLIC_URL is "mix.example.org", but it takes an address that begins with http:// or https://'],
  ['PUBLIC_URL', 'ftp://mix.example.org', 'PUBLIC_URL is "ftp://mix.example.org", but it takes an address'],
  ['DATABASE_URL', 'mysql://ann:hush@db/mix', 'DATABASE_URL is "mysql://…@db/mix", but it takes an address that begins with postgres://'],
  ['REDIS_URL', 'localhost:6379', 'REDIS_URL is "localhost:6379", but it takes an address that begins with redis:// or rediss://'],
  ['S3_BUCKET', 'My bucket', 'S3_BUCKET is "My bucket", but it takes a bucket\'s name'],
  ['SECRET', 'short', 'SECRET is not shown here, but it takes at least 32 characters'],
])('%s=%s stops the start with one line', (name, value, line) => {
  expect(() => readConfig({ [name]: value })).toThrow(line);
});

test('a secret that is too short is refused without being repeated', () => {
  const start = () => readConfig({ METRICS_TOKEN: 'hunter2' });
  expect(start).toThrow('METRICS_TOKEN is not shown here, but it takes at least 16 characters');
  expect(start).not.toThrow('hunter2');
});

test('beyond this machine PUBLIC_URL must be set', () => {
  expect(() => readConfig({ HOST: '0.0.0.0' })).toThrow('PUBLIC_URL is not set');
  expect(readConfig({ HOST: '0.0.0.0', PUBLIC_URL: 'https://mix.example.org' }).HOST).toBe('0.0.0.0');
  expect(readConfig({ HOST: '::1' }).HOST).toBe('::1');
});

test('several instances share a database', () => {
  expect(() => readConfig({ REDIS_URL: 'redis://localhost' })).toThrow('DATABASE_URL is not set');
  expect(readConfig({ REDIS_URL: 'redis://localhost', DATABASE_URL: 'postgres://localhost/mix' }).REDIS_URL).toBe('redis://localhost');
});

test('what S3 needs goes together', () => {
  expect(() => readConfig({ S3_ENDPOINT: 'http://localhost:9000', S3_BUCKET: 'mix' })).toThrow(
    'S3_ACCESS_KEY_ID is not set, but S3_ENDPOINT is: they go together',
  );
});
