'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { OpenSession } from '../../lib/client';

const SessionContext = createContext<OpenSession | null>(null);

/** Hands an open session to everything inside; who opened it closes it. */
export function SessionProvider({ session, children }: { session: OpenSession; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The open session of this page. Throws outside a `SessionProvider`. */
export function useSession(): OpenSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider around it');
  return session;
}
