import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfig, VARIABLES } from './config';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

const service = z.object({
  image: z.string().optional(),
  build: z.string().optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  depends_on: z.union([z.array(z.string()), z.record(z.string(), z.object({ condition: z.string() }))]).default([]),
  volumes: z.array(z.string()).default([]),
  configs: z.array(z.object({ source: z.string(), target: z.string() })).default([]),
  deploy: z.object({ replicas: z.number() }).optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});
const file = z.object({
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
  configs: z.record(z.string(), z.object({ content: z.string() })),
});

/** As Compose does it: what is given, else what stands behind `:-`; fails where `:?` demands what is not given. */
function interpolated(text: string, given: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, sign: string | undefined, rest: string | undefined) => {
    if (given[name]) return given[name];
    if (sign === '?') throw new Error(`${name}: ${rest}`);
    return rest ?? '';
  });
}

const SECRETS = { POSTGRES_PASSWORD: 'aPasswordOfLetters1', S3_SECRET_ACCESS_KEY: 'aSecretOfLetters1' };
const composed = (given: Readonly<Record<string, string>>) =>
  file.parse(parse(read('compose.yaml'), (_, value: unknown) => (typeof value === 'string' ? interpolated(value, given) : value)));

test('compose.yaml names only variables that the service knows, and with its secrets the service takes them all', () => {
  const { app } = composed(SECRETS).services;
  const names = Object.keys(app?.environment ?? {});
  expect(names.filter((name) => !(name in VARIABLES))).toEqual([]);
  for (const given of [SECRETS, { ...SECRETS, SITE: 'mix.example.org', ADMIN_TOKEN: 'a token of sixteen or more' }]) {
    const environment = composed(given).services['app']?.environment ?? {};
    const config = readConfig({
      HOST: '0.0.0.0',
      ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)])),
    });
    expect(config.DATABASE_URL).toBe('postgres://mixing:aPasswordOfLetters1@postgres:5432/mixing');
    expect(config.REDIS_URL).toBe('redis://redis:6379');
  }
});

test('without its secrets it does not start', () => {
  expect(() => composed({})).toThrow('a password of letters and digits');
});

test('all that a service of it leans on is there', () => {
  const { services, volumes, configs } = composed(SECRETS);
  for (const { image, build, depends_on, volumes: mounted, configs: used } of Object.values(services)) {
    expect([image, build].filter((one) => one !== undefined).length).toBe(1);
    for (const other of Array.isArray(depends_on) ? depends_on : Object.keys(depends_on)) {
      expect(services).toHaveProperty(other);
      const healthy = !Array.isArray(depends_on) && depends_on[other]?.condition === 'service_healthy';
      if (healthy) expect(services[other]?.healthcheck).toBeDefined();
    }
    for (const volume of mounted) expect(volumes).toHaveProperty(volume.split(':')[0] ?? '');
    for (const { source } of used) expect(configs).toHaveProperty(source);
  }
  expect(services['app']?.deploy?.replicas).toBeGreaterThanOrEqual(2);
  expect(JSON.parse(configs['s3']?.content ?? '')).toMatchObject({ identities: [{ credentials: [{ accessKey: 'mixing-table' }] }] });
});

test('the image runs as nobody special, looks after itself, and is made of what there is', () => {
  const lines = read('Dockerfile').replaceAll('\\\n', ' ').split('\n');
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
  expect(last).toContain('USER node');
  expect(last.findIndex((line) => line.startsWith('USER '))).toBeGreaterThan(last.findLastIndex((line) => line.startsWith('RUN ')));
  expect(last.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true);
  expect(last.at(-2)).toBe('CMD ["node", "dist/server.mjs"]');
  const environment = last.flatMap((line) => (line.startsWith('ENV ') ? [...line.matchAll(/(\w+)=/g)].map(([, name = '']) => name) : []));
  expect(environment.filter((name) => !(name in VARIABLES)).sort()).toEqual(['NEXT_TELEMETRY_DISABLED', 'NODE_ENV']);
  const made = ['node_modules', '.next', 'dist'];
  for (const line of last.filter((one) => one.startsWith('COPY --from=build'))) {
    for (const path of line.split(' ').slice(2, -1)) {
      const name = path.replace('/app/', '');
      expect([name, made.includes(name) || existsSync(fileURLToPath(new URL(`../${name}`, import.meta.url)))]).toEqual([name, true]);
    }
  }
});
