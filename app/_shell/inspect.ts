import type { OpenSession } from '../../lib/client';

declare global {
  interface Window {
    /** The open session, for whoever wants to look inside or drive the page from the browser's console. */
    mixingTable?: OpenSession;
  }
}

/** Lays the open session out on `window`; the return takes it back. It can do no more than the page itself. */
export function layOut(session: OpenSession): () => void {
  window.mixingTable = session;
  return () => {
    if (window.mixingTable === session) delete window.mixingTable;
  };
}
