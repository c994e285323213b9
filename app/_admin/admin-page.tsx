'use client';

import { LogOut, RefreshCw } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { ApiProblem, admin } from '../../lib/client';
import type { AdminOverview } from '../../lib/protocol';
import { Button } from '../_shell/button';
import { CardPage } from '../_shell/card-page';
import { Mark } from '../_shell/mark';
import { OneFieldForm } from '../_shell/one-field-form';
import { attempt, sentence, Toasts } from '../_shell/toasts';
import { JobsTable } from './jobs-table';
import { Overview } from './overview';
import { PeopleTable } from './people-table';
import { SessionsTable } from './sessions-table';

type State =
  | { readonly at: 'looking' }
  | { readonly at: 'login' }
  | { readonly at: 'refused'; readonly why: string }
  | { readonly at: 'open'; readonly overview: AdminOverview };

/** For whoever runs the service: how it is, who keeps what, and what is being worked on. */
export function AdminPage() {
  const [state, setState] = useState<State>({ at: 'looking' });
  /** Grows with every look, so that all tables look again. */
  const [look, setLook] = useState(0);
  const load = useCallback(async () => {
    try {
      const overview = await admin.overview();
      setState({ at: 'open', overview });
      setLook((before) => before + 1);
    } catch (problem) {
      const unknown = problem instanceof ApiProblem && problem.status === 401;
      setState(unknown ? { at: 'login' } : { at: 'refused', why: sentence(problem) });
    }
  }, []);
  useEffect(() => void load(), [load]);

  if (state.at === 'looking')
    return (
      <main role="status" className="grid min-h-dvh place-items-center text-quiet" aria-busy="true">
        Looking …
      </main>
    );
  if (state.at === 'refused')
    return (
      <CardPage title="The administration does not open">
        <p className="text-quiet">{state.why}</p>
        <Button look="primary" className="mt-4" onPress={() => void load()}>
          Try again
        </Button>
      </CardPage>
    );
  if (state.at === 'login') return <LogIn onDone={load} />;
  const logOut = async () => {
    await attempt(admin.logOut());
    await load();
  };
  return (
    <div className="mx-auto flex min-h-dvh max-w-6xl flex-col px-5">
      <header className="flex h-16 items-center gap-2.5">
        <Mark size={26} />
        <h1 className="min-w-0 flex-1 truncate font-semibold text-base">Administration</h1>
        <Button onPress={() => void load()}>
          <RefreshCw size={14} /> Look again
        </Button>
        <Button look="quiet" onPress={() => void logOut()}>
          <LogOut size={14} /> Log out
        </Button>
      </header>
      <main className="flex flex-col gap-8 pb-16">
        <Overview {...state.overview} />
        <JobsTable look={look} onChanged={load} />
        <SessionsTable look={look} onChanged={load} />
        <PeopleTable look={look} quota={state.overview.quotas.personBytes} />
      </main>
      <Toasts />
    </div>
  );
}

function LogIn({ onDone }: { onDone(): Promise<void> }) {
  const logIn = async (token: string) => {
    await admin.logIn(token);
    await onDone();
  };
  return (
    <CardPage title="Administration">
      <OneFieldForm
        label="The token of this service"
        type="password"
        autoComplete="current-password"
        maxLength={500}
        action="Log in"
        onSend={logIn}
        below={<p className="text-quiet text-sm">Whoever set the service up has it: the variable ADMIN_TOKEN.</p>}
      />
    </CardPage>
  );
}
