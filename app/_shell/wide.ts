'use client';

import { useSyncExternalStore } from 'react';

/** Narrower than this the console does not fit beside anything. */
const QUERY = '(min-width: 900px)';

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(QUERY);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** True where the whole desk fits; false on a phone. */
export function useWide(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(QUERY).matches,
    () => true,
  );
}
