import { type Config, isLoopback } from '../config';

/** Which addresses are ours. Guards against foreign pages (their `Origin`) and rebound names (their `Host`). */
export interface Origins {
  /** What links begin with for a request to this `Host`; null when the host is none of ours. */
  publicUrl(host: string | undefined): string | null;
  /** Whether a request with these headers may change anything or open a socket. Programs send no `Origin`, browsers always do. */
  allows(origin: string | undefined, host: string | undefined): boolean;
}

export function createOrigins({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>): Origins {
  const fixed = PUBLIC_URL === null ? null : new URL(PUBLIC_URL).origin;
  const publicUrl = (host: string | undefined): string | null => {
    if (fixed !== null) return fixed;
    const url = host === undefined ? null : URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : null;
    return url !== null && isLoopback(url.hostname) ? url.origin : null;
  };
  return { publicUrl, allows: (origin, host) => origin === undefined || origin === publicUrl(host) };
}

/** The client's address: the last that a proxy we trust has added to `X-Forwarded-For`, else the other end of the socket. */
export function clientAddress(remote: string | undefined, forwarded: string | undefined, trustedProxies: number): string {
  const hops = (forwarded ?? '').split(',').map((hop) => hop.trim());
  const told = trustedProxies > 0 ? hops.at(-trustedProxies) : undefined;
  return told || (remote ?? 'unknown');
}
