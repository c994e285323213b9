'use client';

import { useState } from 'react';
import { api } from '../../lib/client';
import type { Account, User } from '../../lib/protocol';
import { Button } from '../_shell/button';
import { tell } from '../_shell/toasts';
import { EMAIL, FieldsForm, NEW_PASSWORD, PASSWORD } from './fields-form';

type Way = 'sign up' | 'sign in' | 'forgotten';

/** For guests, and for who is nobody yet: an account, or the way into the one they have. */
export function WaysIn({ user, account, onKnown }: { user: User | null; account: Account; onKnown(): void }) {
  const [way, setWay] = useState<Way>(user ? 'sign up' : 'sign in');
  const other = (to: Way, words: string) => (
    <Button look="quiet" onPress={() => setWay(to)}>
      {words}
    </Button>
  );
  if (way === 'sign up')
    return (
      <Section id="sign-up" title="Keep it for good">
        <p className="text-quiet text-sm">
          {user ? 'You are a guest: all that you have hangs on this browser. ' : ''}With an account you find your sessions on every device.
          {user ? ' Everything stays as it is.' : ''}
        </p>
        <FieldsForm
          label="Make an account"
          fields={[
            ...(user ? [] : [{ name: 'name', label: 'Your name', type: 'text', autoComplete: 'nickname' } as const]),
            EMAIL,
            NEW_PASSWORD,
          ]}
          action="Make my account"
          onSend={async ({ email = '', next = '', name }) => {
            await api.signUp({ email, password: next, ...(name ? { name } : {}) });
            tell({ level: 'info', text: 'You have an account now. Sign in with it on your other devices.' });
            onKnown();
          }}
        >
          {other('sign in', 'I have one: sign in')}
        </FieldsForm>
      </Section>
    );
  if (way === 'sign in')
    return (
      <Section id="sign-in" title="Sign in">
        {user && <p className="text-quiet text-sm">What you did here as {user.name} comes along into your account.</p>}
        <FieldsForm
          label="Sign in"
          fields={[EMAIL, PASSWORD]}
          action="Sign in"
          onSend={async ({ email = '', password = '' }) => {
            await api.signIn({ email, password });
            onKnown();
          }}
        >
          {other('sign up', 'Make an account')}
          {other('forgotten', 'Forgotten the password?')}
        </FieldsForm>
      </Section>
    );
  return (
    <Section id="forgotten" title="Forgotten the password?">
      {account.mail ? (
        <FieldsForm
          label="Forgotten password"
          fields={[EMAIL]}
          action="Send me a link"
          onSend={async ({ email = '' }) => {
            await api.askReset(email);
            tell({ level: 'info', text: 'If there is an account with this address, a link is on its way. It works for an hour.' });
          }}
        >
          {other('sign in', 'Back')}
        </FieldsForm>
      ) : (
        <>
          <p className="text-quiet text-sm">
            This service has no mail server, so it cannot send you a link. Where you are still signed in you stay so; whoever runs the
            service can help.
          </p>
          <div>{other('sign in', 'Back')}</div>
        </>
      )}
    </Section>
  );
}

export function Section({ id, title, children }: { id: string; title: string; children: React.ReactNode }) {
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h2 id={id} className="font-semibold text-lg">
        {title}
      </h2>
      {children}
    </section>
  );
}
