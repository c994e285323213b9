'use client';

import Link from 'next/link';
import { useEffect, useState } from 'react';
import { ApiProblem, type OpenSession, openSession } from '../../lib/client';
import { SessionProvider } from '../_session';
import { AskName } from './ask-name';
import { Button } from './button';
import { CardPage } from './card-page';
import { layOut } from './inspect';
import { Mark } from './mark';
import { resetPage } from './page-state';
import { SessionView } from './session-view';
import { sentence } from './toasts';

type Opening =
  | { readonly state: 'opening' }
  | { readonly state: 'open'; readonly session: OpenSession }
  | { readonly state: 'refused'; readonly status: number; readonly why: string };

/** Opens a session and shows it, or says why it cannot and lets one try again. */
export function SessionPage({ id }: { id: string }) {
  const [attempt, setAttempt] = useState(0);
  return <Opened key={`${id} ${attempt}`} id={id} onAgain={() => setAttempt(attempt + 1)} />;
}

function Opened({ id, onAgain }: { id: string; onAgain(): void }) {
  const [opening, setOpening] = useState<Opening>({ state: 'opening' });
  useEffect(() => {
    let left = false;
    let opened: OpenSession | null = null;
    let takeBack = () => {};
    resetPage();
    openSession(id).then(
      (session) => {
        if (left) return session.close();
        opened = session;
        takeBack = layOut(session);
        setOpening({ state: 'open', session });
      },
      (problem: unknown) => {
        const status = problem instanceof ApiProblem ? problem.status : 0;
        if (!left) setOpening({ state: 'refused', status, why: sentence(problem) });
      },
    );
    return () => {
      left = true;
      takeBack();
      opened?.close();
    };
  }, [id]);

  if (opening.state === 'open')
    return (
      <SessionProvider session={opening.session}>
        <SessionView />
      </SessionProvider>
    );
  if (opening.state === 'refused') return <Refused {...opening} onAgain={onAgain} />;
  return (
    <main className="grid min-h-dvh place-items-center" aria-busy="true">
      <div role="status" className="flex items-center gap-3 text-quiet">
        <Mark size={28} /> Opening the session …
      </div>
    </main>
  );
}

function Refused({ status, why, onAgain }: { status: number; why: string; onAgain(): void }) {
  if (status === 401)
    return (
      <CardPage title="Who are you?">
        <AskName action="Go on" onKnown={onAgain}>
          <p className="text-quiet">If you were invited, open the link of the invite instead: it lets you in.</p>
        </AskName>
      </CardPage>
    );
  if (status === 404)
    return (
      <CardPage title="This session is not here for you">
        <p className="text-quiet">
          It may have been deleted, the address may be incomplete, or it is not shared with you in this browser. Ask the person who sent it
          for an invite link, and open that.
        </p>
        <Link href="/" className="mt-4 inline-block rounded-sm text-accent hover:underline">
          My sessions
        </Link>
      </CardPage>
    );
  return (
    <CardPage title="The session did not open">
      <p className="mb-4 text-quiet">{why} Nothing was lost.</p>
      <Button look="primary" onPress={onAgain}>
        Try again
      </Button>
    </CardPage>
  );
}
