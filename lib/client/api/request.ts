import type { z } from 'zod';
import { ApiProblem, problemOf, UNREACHABLE } from './problem';

type Method = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Sends one request and checks what comes back. Rejects with `ApiProblem`. */
export type Request = <Schema extends z.ZodType>(method: Method, path: string, schema: Schema, body?: unknown) => Promise<z.output<Schema>>;

async function contentOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!text) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** `origin` is '' in a page: paths then lead to where it came from. */
export function createRequest(fetch: Fetch, origin = ''): Request {
  return async (method, path, schema, body) => {
    const init: RequestInit = { method, credentials: 'same-origin', headers: { accept: 'application/json' } };
    if (body !== undefined) {
      init.headers = { ...init.headers, 'content-type': 'application/json' };
      init.body = JSON.stringify(body);
    }
    let response: Response;
    let content: unknown;
    try {
      response = await fetch(origin + path, init);
      content = await contentOf(response);
    } catch {
      throw new ApiProblem(UNREACHABLE, 0);
    }
    if (!response.ok) throw problemOf(response.status, content);
    const parsed = schema.safeParse(content);
    if (!parsed.success) throw new ApiProblem('The answer could not be read. Reload the page; it may be older than the service.', 0);
    return parsed.data;
  };
}
