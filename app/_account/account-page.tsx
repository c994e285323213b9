'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { api } from '../../lib/client';
import type { Account, User } from '../../lib/protocol';
import { Button } from '../_shell/button';
import { CardPage } from '../_shell/card-page';
import { attempt, sentence, Toasts, tell } from '../_shell/toasts';
import { Devices } from './devices';
import { FieldsForm, NEW_PASSWORD, PASSWORD } from './fields-form';
import { Profile } from './profile';
import { Section, WaysIn } from './ways-in';

interface Known {
  readonly user: User | null;
  readonly account: Account;
}

/** Who I am here: profile, account, where I am signed in. */
export function AccountPage() {
  const [known, setKnown] = useState<Known | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  const [token, setToken] = useState<string | null>(null);
  const load = useCallback(async () => {
    try {
      const [{ user }, account] = await Promise.all([api.me(), api.account()]);
      setKnown({ user, account });
      setWhy(null);
    } catch (problem) {
      setWhy(sentence(problem));
    }
  }, []);
  useEffect(() => {
    setToken(takeToken());
    void load();
  }, [load]);
  return (
    <CardPage title="My account">
      {why && (
        <div role="alert" className="flex items-center justify-between gap-3">
          <span>{why}</span>
          <Button onPress={() => void load()}>Try again</Button>
        </div>
      )}
      {!known && !why && (
        <p role="status" className="text-quiet">
          Looking …
        </p>
      )}
      {known && (
        <div className="flex flex-col gap-8">
          {token !== null && <Reset token={token} onDone={() => setToken(null)} />}
          {known.user && <Profile key={known.user.name} user={known.user} onChanged={load} />}
          {known.account.email === null ? <WaysIn {...known} onKnown={load} /> : <SignedIn email={known.account.email} onChanged={load} />}
          <Link href="/" className="text-accent text-sm hover:underline">
            My sessions
          </Link>
        </div>
      )}
      <Toasts />
    </CardPage>
  );
}

/** Takes the letter's token out of the address, where it would be seen over a shoulder and kept in the history. */
function takeToken(): string | null {
  const token = window.location.hash.slice(1);
  if (token === '') return null;
  window.history.replaceState(window.history.state, '', window.location.pathname);
  return token;
}

function Reset({ token, onDone }: { token: string; onDone(): void }) {
  return (
    <Section id="reset" title="A new password">
      <FieldsForm
        label="New password"
        fields={[NEW_PASSWORD]}
        action="Set it"
        onSend={async ({ next = '' }) => {
          await api.resetPassword(token, next);
          tell({ level: 'info', text: 'Your password is set. Sign in with it.' });
          onDone();
        }}
      />
    </Section>
  );
}

function SignedIn({ email, onChanged }: { email: string; onChanged(): void }) {
  const router = useRouter();
  const signOut = async () => {
    await attempt(api.signOut());
    router.push('/');
  };
  return (
    <>
      <Section id="account" title="Your account">
        <div className="flex items-center justify-between gap-3">
          <span className="min-w-0 truncate">{email}</span>
          <Button onPress={() => void signOut()}>Sign out here</Button>
        </div>
      </Section>
      <Devices />
      <Section id="password" title="Change the password">
        <p className="text-quiet text-sm">All other browsers are signed out.</p>
        <FieldsForm
          label="Change the password"
          fields={[{ ...PASSWORD, label: 'Present password' }, NEW_PASSWORD]}
          action="Change it"
          onSend={async ({ password = '', next = '' }) => {
            await api.changePassword(password, next);
            tell({ level: 'info', text: 'Your password is changed.' });
            onChanged();
          }}
        />
      </Section>
    </>
  );
}
