import { createRoute, OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { z as zod } from 'zod';
import { problemSchema, type User } from '../../lib/protocol';
import { isDiskFull, noRoom } from './disk';
import { problemOf, Refusal, unauthenticated } from './problem';

/** What every handler finds in its context. */
export interface Env {
  Variables: {
    user: User | null;
    requestId: string;
    /** Where the request comes from, as far as the trusted proxies tell. */
    address: string;
    /** What links begin with, as `https://mix.example.org`. */
    publicUrl: string;
  };
}
export type Api = OpenAPIHono<Env>;

/** A router whose routes check their requests by the schemas that `GET /api/openapi.json` shows. */
export function createApi(): Api {
  return new OpenAPIHono<Env>({
    defaultHook(result) {
      if (!result.success) throw new Refusal(400, sentenceOf(result.error));
    },
  });
}

/** `title: must not contain control characters; role: Invalid option` */
function sentenceOf(error: zod.ZodError | zod.core.$ZodError): string {
  const parts = error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  return parts.join('; ');
}

const STANDARD: Readonly<Record<number, string>> = {
  400: 'The request does not fit the schema',
  401: 'Nobody known: no cookie or bearer token, or an old one',
  403: 'The role, or the origin, does not allow it',
  404: 'Does not exist, or may not be known of',
  429: 'Too many requests; `Retry-After` tells how long to wait',
};

type Responses = RouteConfig['responses'];

function problems(statuses: readonly number[]): Responses {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: STANDARD[status] ?? 'A problem', content: { 'application/problem+json': { schema: problemSchema } } },
    ]),
  );
}

/** Describes a route; the problems that any route can answer are added to its responses. */
export function describeRoute<const R extends RouteConfig>(config: R) {
  return createRoute({ ...config, responses: { ...problems([400, 401, 403, 404, 429]), ...config.responses } as R['responses'] });
}

/** Describes the routes of one part of the API: method, path, a line on what it does, and the rest of it. */
export const routesOf =
  (tag: string) =>
  <const Method extends RouteConfig['method'], const Path extends string, const Rest extends Omit<RouteConfig, 'method' | 'path'>>(
    method: Method,
    path: Path,
    summary: string,
    rest: Rest,
  ) =>
    describeRoute({ ...rest, method, path, tags: [tag], summary });

/** A JSON request body that must be there. */
export const jsonBody = <S extends zod.ZodType>(schema: S) => ({ required: true, content: { 'application/json': { schema } } }) as const;
/** A JSON response. */
export const jsonOf = <S extends zod.ZodType>(description: string, schema: S) =>
  ({ description, content: { 'application/json': { schema } } }) as const;
export const NOTHING = { description: 'Done' } as const;

/** An identifier in a path. Anything that cannot be one is treated as one that does not exist. */
export const idParameter = z.string().max(64);

/** Whoever asks, or a 401. */
export function whoAsks(context: Context<Env>): User {
  const user = context.get('user');
  if (user === null) throw unauthenticated();
  return user;
}

/** What the router itself refuses, in our words. */
const SENTENCES: Readonly<Record<number, string>> = {
  400: 'The body is not valid JSON.',
  415: 'Send the body as JSON, with `Content-Type: application/json`.',
};

/** Turns whatever a handler threw into a problem; what nobody foresaw goes to `onBug` and is told without its details. */
export function answerError(error: unknown, context: Context<Env>, onBug: (error: unknown) => void): Response {
  if (error instanceof Refusal) return problemResponse(error.status, error.detail, error.headers);
  if (error instanceof HTTPException) return problemResponse(error.status, SENTENCES[error.status] ?? error.message);
  onBug(error);
  if (isDiskFull(error)) return problemResponse(507, noRoom().detail);
  const id = context.get('requestId');
  return problemResponse(500, `An error that nobody foresaw. What was there before is as it was. The log has it under ${id}.`);
}

export function problemResponse(status: number, detail: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(problemOf(status, detail)), {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}
