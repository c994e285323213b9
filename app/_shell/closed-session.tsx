'use client';

import Link from 'next/link';
import { type ReactNode, useEffect } from 'react';
import { useSession, useStore } from '../_session';
import { Button } from './button';
import { setPage } from './page-state';
import { count } from './words';

/** Why the session is over for this page, where nothing that one does here can mend it; null while it is not. */
export function useClosed(): { readonly why: string; readonly kept: number } | null {
  const saved = useStore(useSession().saved);
  return saved.state === 'refused' && !saved.retry ? saved : null;
}

/** A session that one may no longer use: what it was stays in sight, nothing of it answers, and it says what is safe. */
export function ClosedSession({ why, kept, children }: { why: string; kept: number; children: ReactNode }) {
  const { transport } = useSession();
  useEffect(() => {
    setPage({ dialog: null });
    transport.setTogether(false);
    transport.stop();
  }, [transport]);
  const safe =
    kept > 0
      ? `What was saved before stays in it. ${count(kept, 'change of yours did', 'changes of yours did')} not arrive in time and lie in this browser only.`
      : 'Everything you did before is saved and stays in it.';
  return (
    <>
      <section
        role="alert"
        data-testid="closed"
        className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-record border-b-2 bg-raised px-4 py-3"
      >
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="font-semibold">This session is closed for you</h1>
          <p className="mt-0.5 text-quiet text-sm">
            {why} {safe}
          </p>
        </div>
        <Link href="/" className="inline-flex h-8 items-center rounded-md border border-line bg-surface px-3 text-sm hover:bg-hover">
          My sessions
        </Link>
        <Button onPress={() => window.location.reload()}>Try again</Button>
      </section>
      <div inert className="flex min-h-0 flex-1 flex-col opacity-45 grayscale">
        {children}
      </div>
    </>
  );
}
