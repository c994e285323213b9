import { type NextRequest, NextResponse } from 'next/server';

/**
 * Every page gets a content security policy with a nonce of its own. `strict-dynamic` lets the scripts that carry it load what they
 * need; WASM is compiled for the desk; workers and worklets are ours; canvases and React Aria set style attributes.
 */
function policy(nonce: string): string {
  const development = process.env.NODE_ENV !== 'production';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "worker-src 'self' blob:",
    "connect-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export function proxy(request: NextRequest) {
  const nonce = btoa(crypto.randomUUID());
  const content = policy(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', content);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', content);
  return response;
}

/** Pages only: what lies in files is checked by the policy of the page that loads it. */
export const config = { matcher: [{ source: '/((?!_next/static|_next/image|built/|demo-song/|icons/|.*\\.\\w+$).*)' }] };
