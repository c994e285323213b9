import { z } from 'zod';

const MEGABYTE = 1024 * 1024;

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `a whole number from ${min} to ${max}`);
const address = z
  .string()
  .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), 'an address that begins with http:// or https://');
const urlOf = (...schemes: readonly string[]) =>
  z
    .string()
    .refine(
      (text) => schemes.some((scheme) => text.startsWith(`${scheme}://`)) && URL.canParse(text),
      `an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    );

const iceUrls = (scheme: 'stun' | 'turn') =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine(
      (urls) => urls.every((url) => new RegExp(`^${scheme}s?:[^\\s/?]+(\\?transport=(udp|tcp))?$`).test(url)),
      `addresses that begin with ${scheme}: or ${scheme}s:, separated by commas`,
    );

/** Never repeated in a message: it would end in a log. */
const secret = z.string().min(16, 'at least 16 characters');
const signingSecret = z.string().min(32, 'at least 32 characters');

/** The variables of the environment: name, what it takes, default (null: not set), and what it is for. The README's table is this one. */
export const VARIABLES = {
  PORT: [whole(0, 65_535), '3000', 'where it listens'],
  HOST: [z.string().min(1), '127.0.0.1', 'where it listens; anything but this machine needs PUBLIC_URL'],
  DATA_DIR: [z.string().min(1), './data', 'the embedded database and files'],
  PUBLIC_URL: [address, null, 'the allowed origin, and what links begin with; from the request on loopback'],
  DATABASE_URL: [urlOf('postgres', 'postgresql'), null, 'PostgreSQL instead of the embedded database'],
  REDIS_URL: [urlOf('redis', 'rediss'), null, 'Redis, through which several instances tell each other; needs DATABASE_URL'],
  S3_ENDPOINT: [address, null, 'S3-compatible storage instead of files in DATA_DIR; the next ones go with it'],
  S3_BUCKET: [z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "a bucket's name"), null, 'made at the start where it does not exist'],
  S3_REGION: [z.string().regex(/^[a-z0-9-]+$/, "a region's name"), null, '`us-east-1` where none is given'],
  S3_ACCESS_KEY_ID: [z.string().min(1), null, 'who reads and writes there'],
  S3_SECRET_ACCESS_KEY: [z.string().min(1), null, 'and the secret that proves it'],
  SECRET: [signingSecret, null, 'signs cookies, the same in every instance; where none is given one is made and kept with the data'],
  SMTP_URL: [
    urlOf('smtp', 'smtps'),
    null,
    'a mail server, as `smtps://user:password@mail.example.org`, by which forgotten passwords are set anew',
  ],
  MAIL_FROM: [z.string().min(3), null, 'the sender of its letters, as `Mixing Table <mix@example.org>`'],
  SIGNUPS: [z.enum(['open', 'invited', 'closed']), 'open', 'who may create sessions: everybody, who was invited somewhere, nobody'],
  DEMO_SONG: [z.enum(['on', 'off']), 'on', 'whether everybody gets a copy of the demo song to try'],
  TRUSTED_PROXIES: [whole(0, 10), '0', 'how many proxies in front add to X-Forwarded-For'],
  LOG_LEVEL: [z.enum(['debug', 'info', 'warn', 'error', 'silent']), 'info', 'how much is logged'],
  METRICS_TOKEN: [secret, null, '`Authorization: Bearer` that opens `/metrics`; without one only this machine may read it'],
  ADMIN_TOKEN: [secret, null, 'opens the administration at `/admin`; without it there is none'],
  STUN_URLS: [iceUrls('stun'), null, 'servers, as `stun:stun.example.org`, by which voices find their way out of home networks'],
  TURN_URLS: [
    iceUrls('turn'),
    null,
    'relays for voices, as `turn:turn.example.org`; guests then use nothing else, so that nobody learns their address',
  ],
  TURN_SECRET: [secret, null, 'the secret shared with the relays (`static-auth-secret` of coturn), for credentials that end after hours'],
  RESERVE_MEGABYTES: [whole(0, 1_000_000), '64', 'disk space kept for the mixes: with less, no stems are taken and `/readyz` says so'],
  MAX_STEM_MEGABYTES: [whole(1, 100_000), '2048', 'size of one uploaded stem'],
  MAX_STEM_MINUTES: [whole(1, 6000), '180', 'length of one stem'],
  MAX_MEGABYTES_PER_SESSION: [whole(1, 100_000_000), '50000', 'all stems in a session, as they were sent'],
  MAX_MEGABYTES_PER_USER: [whole(1, 100_000_000), '200000', 'all stems that one person has sent'],
  MAX_STRIPS: [whole(1, 1024), '256', 'strips, and stems, in a session'],
  MAX_MEMBERS: [whole(1, 10_000), '100', 'people in a session'],
  MAX_DOCUMENT_BYTES: [whole(10_000, 1000 * MEGABYTE), String(5 * MEGABYTE), 'size of a mix document'],
  MAX_MESSAGE_BYTES: [whole(1000, 10 * MEGABYTE), String(64 * 1024), 'one sync message'],
  MAX_FIRST_DIFFERENCE_BYTES: [whole(1000, 10 * MEGABYTE), String(MEGABYTE), 'the first difference that a client brings'],
  MAX_AWARENESS_BYTES: [whole(100, 100_000), '2048', 'an awareness state'],
  MAX_AWARENESS_PER_SECOND: [whole(1, 1000), '20', 'awareness messages of one connection'],
  MAX_PREVIEWS_PER_SECOND: [whole(1, 1000), '60', 'moving-hand messages of one connection'],
  MAX_PREVIEW_BYTES: [whole(16, 10_000), '256', 'one moving-hand message'],
  MAX_SOCKETS_PER_USER: [whole(1, 1000), '20', 'open sync connections, and live connections, of one person'],
  MAX_COMMENTS: [whole(1, 1_000_000), '5000', 'comments, and replies to one comment, in a session'],
  MAX_SNAPSHOTS: [whole(1, 10_000), '200', 'versions that a session keeps'],
  MAX_CHAT: [whole(1, 100_000), '1000', 'messages that the chat of a session keeps; the oldest go first'],
  MAX_VOICES: [whole(2, 1000), '32', 'pages of a session that voices reach at once: each speaker sends to all the others'],
  MAX_GESTURES: [whole(100, 1_000_000), '20000', 'gestures that the history of a session keeps; the oldest go first'],
  MAX_SESSIONS_PER_USER: [whole(1, 100_000), '500', 'sessions that one person owns'],
  MAX_INVITES: [whole(1, 100_000), '200', 'invites in force in a session'],
  SIGN_INS_PER_MINUTE: [
    whole(1, 1_000_000),
    '10',
    'sign-ins, sign-ups and forgotten passwords from one address, and sign-ins to one account',
  ],
  GUESTS_PER_MINUTE: [whole(1, 1_000_000), '60', 'new guests from one address'],
  INVITE_LOOKS_PER_MINUTE: [whole(1, 1_000_000), '60', 'invites looked at or redeemed from one address'],
  SESSIONS_PER_MINUTE: [whole(1, 1_000_000), '60', 'sessions one person creates'],
  COMMENTS_PER_MINUTE: [whole(1, 1_000_000), '120', 'comments and replies of one person'],
  CHAT_PER_MINUTE: [whole(1, 1_000_000), '60', 'chat messages of one person'],
  HISTORY_PER_MINUTE: [whole(1, 1_000_000), '600', 'looks at the history, and gestures taken back, of one person'],
} as const satisfies Readonly<Record<string, readonly [z.ZodType<string | number | string[]>, string | null, string]>>;

type Variables = typeof VARIABLES;
type Value<Name extends keyof Variables> = z.output<Variables[Name][0]> | (null extends Variables[Name][1] ? null : never);

export type Config = { readonly [Name in keyof Variables]: Value<Name> } & {
  /** Whether pages reload from the sources (`NODE_ENV` is not `production`). */
  readonly development: boolean;
};

/** A value in the environment that cannot be used; the message is one line for whoever starts the program. */
export class BadVariable extends Error {}

/** Reads the configuration. Throws `BadVariable` naming the variable, its value and what it takes. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const values: Record<string, string | number | string[] | null> = {};
  for (const [name, [schema, preset]] of Object.entries(VARIABLES)) {
    const given = environment[name];
    const text = given === undefined || given === '' ? preset : given;
    values[name] = text === null ? null : checked(name, text, schema);
  }
  const config = { ...values, development: environment['NODE_ENV'] !== 'production' } as Config;
  if (config.PUBLIC_URL === null && !isLoopback(config.HOST)) {
    throw new BadVariable(
      `PUBLIC_URL is not set; with HOST ${JSON.stringify(config.HOST)} it takes the address that people will use, as https://mix.example.org`,
    );
  }
  checkTogether(config);
  return config;
}

const S3_NAMES = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

function checkTogether(config: Config): void {
  if (config.REDIS_URL !== null && config.DATABASE_URL === null) {
    throw new BadVariable('DATABASE_URL is not set; with REDIS_URL it takes the PostgreSQL that all instances share');
  }
  if ((config.TURN_URLS === null) !== (config.TURN_SECRET === null)) {
    const [missing, other] = config.TURN_URLS === null ? ['TURN_URLS', 'TURN_SECRET'] : ['TURN_SECRET', 'TURN_URLS'];
    throw new BadVariable(`${missing} is not set, but ${other} is: they go together`);
  }
  const given = S3_NAMES.find((name) => config[name] !== null);
  const missing = S3_NAMES.find((name) => config[name] === null);
  if (given !== undefined && missing !== undefined) throw new BadVariable(`${missing} is not set, but ${given} is: they go together`);
}

function checked(name: string, text: string, schema: z.ZodType<string | number | string[]>): string | number | string[] {
  const result = schema.safeParse(text);
  if (result.success) return result.data;
  const takes = result.error.issues[0]?.message.replace(/^Invalid option: expected /, '') ?? 'something else';
  throw new BadVariable(`${name} is ${shown(text, schema)}, but it takes ${takes}`);
}

/** What may be in a log: no secrets, no passwords. */
function shown(text: string, schema: z.ZodType): string {
  return schema === secret || schema === signingSecret ? 'not shown here' : JSON.stringify(text.replace(/\/\/[^/@]*@/, '//…@'));
}

export function isLoopback(host: string): boolean {
  return /^(localhost|[\w-]+\.localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
}
