import type { Problem } from '../../lib/protocol';

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request cannot be understood',
  401: 'Who are you?',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'It no longer fits',
  410: 'Gone',
  411: 'Length required',
  413: 'Too large',
  415: 'Unsupported kind of content',
  421: 'Not our address',
  422: 'Cannot be used',
  429: 'Too many requests',
  500: 'Something went wrong here',
  503: 'Not ready',
  507: 'No room left',
};

/**
 * A refusal with a sentence for whoever asked. Services throw it; the HTTP rim turns it into `application/problem+json`
 * (RFC 9457), sockets into an answer with the same `detail`.
 */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    /** Response headers that belong to it, as `Retry-After`. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.name = 'Refusal';
  }
}

/** The same words whether a thing does not exist or may not be known of. */
export const notFound = (): Refusal => new Refusal(404, 'There is nothing here, or it is not shared with you.');
export const unauthenticated = (): Refusal =>
  new Refusal(401, 'Say who you are first: POST /api/guests with a name.', { 'www-authenticate': 'Bearer' });
export const forbidden = (detail: string): Refusal => new Refusal(403, detail);

/** The body of a refusal. */
export function problemOf(status: number, detail: string): Problem {
  return { type: 'about:blank', title: TITLES[status] ?? 'The request failed', status, detail };
}
