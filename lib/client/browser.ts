import { browserStorage, createEngine } from '../audio';
import { browserTalk } from '../talk';
import { countKept, openKept } from './document/kept';
import { openKeptDraft } from './draft/kept-draft';
import type { Platform } from './platform';

/** The page that this runs in. */
export function browserPlatform(): Platform {
  return {
    origin: window.location.origin,
    fetch: (url, init) => window.fetch(url, init),
    openSocket: (url) => new WebSocket(url),
    openKept: (user, session) => openKept(user, session),
    openKeptDraft,
    countKept,
    createEngine,
    createTalk: typeof RTCPeerConnection === 'undefined' ? null : browserTalk,
    storage: browserStorage(),
    page: window,
    now: () => performance.now(),
    random: Math.random,
  };
}
