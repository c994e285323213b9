import type { ServerResponse } from 'node:http';

/**
 * On every answer. Cross-origin isolation (COOP, COEP) gives the page shared memory for its audio rings; nothing of ours may be
 * embedded elsewhere.
 */
const EVERYWHERE: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), payment=(), usb=()',
};

export function setSecurityHeaders(response: ServerResponse, { page, secure }: { readonly page: boolean; readonly secure: boolean }): void {
  for (const [name, value] of Object.entries(EVERYWHERE)) response.setHeader(name, value);
  // Pages get theirs, with a nonce, from proxy.ts. What is no page runs nothing.
  if (!page) response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; sandbox");
  if (secure) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
}
