'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { ApiProblem, api } from '../../lib/client';
import type { InvitePreview, User } from '../../lib/protocol';
import { Button } from './button';
import { CardPage } from './card-page';
import { NAME_FIELD, OneFieldForm } from './one-field-form';
import { ROLE_WORDS } from './roles';
import { sentence } from './toasts';

type State =
  | { readonly at: 'looking' }
  | { readonly at: 'refused'; readonly why: string; readonly again: boolean }
  | { readonly at: 'invited'; readonly preview: InvitePreview; readonly me: User | null };

/** Remembers the token over a reload of this tab, for it leaves the address bar at once. */
const KEPT = 'invite-token';

/** Takes the token out of the address, where it would be seen over a shoulder and kept in the history. */
function takeToken(): string | null {
  const token = window.location.hash.slice(1);
  if (!token) return sessionStorage.getItem(KEPT);
  sessionStorage.setItem(KEPT, token);
  window.history.replaceState(window.history.state, '', window.location.pathname);
  return token;
}

/** Which session, who invites, as what; a name, and in. */
export function InvitePage() {
  const [look, setLook] = useState(0);
  return <Look key={look} onAgain={() => setLook(look + 1)} />;
}

function Look({ onAgain }: { onAgain(): void }) {
  const [token, setToken] = useState<string | null>(null);
  const [state, setState] = useState<State>({ at: 'looking' });
  useEffect(() => {
    let left = false;
    const found = takeToken();
    if (!found) {
      setState({ at: 'refused', why: 'The link is incomplete. Check that all of it was copied, or ask for it again.', again: false });
      return;
    }
    setToken(found);
    Promise.all([api.lookInvite(found), api.me()]).then(
      ([preview, { user }]) => !left && setState({ at: 'invited', preview, me: user }),
      (problem: unknown) => !left && setState({ at: 'refused', why: sentence(problem), again: passing(problem) }),
    );
    return () => {
      left = true;
    };
  }, []);

  if (state.at === 'looking')
    return (
      <main role="status" className="grid min-h-dvh place-items-center text-quiet" aria-busy="true">
        Looking at the invite …
      </main>
    );
  if (state.at === 'refused' || token === null)
    return (
      <CardPage title="This invite does not open">
        <p className="text-quiet">{state.at === 'refused' ? state.why : ''}</p>
        {state.at === 'refused' && state.again ? (
          <Button look="primary" className="mt-4" onPress={onAgain}>
            Try again
          </Button>
        ) : (
          <p className="mt-3 text-quiet">Whoever sent it can make a new one in a moment, under Invite at the top of the session.</p>
        )}
      </CardPage>
    );
  return <Invited token={token} preview={state.preview} me={state.me} />;
}

/** A failure that another try may mend: nothing reached, or the service busy. */
function passing(problem: unknown): boolean {
  return problem instanceof ApiProblem && (problem.status === 0 || problem.status === 429 || problem.status >= 500);
}

function Invited({ token, preview, me }: { token: string; preview: InvitePreview; me: User | null }) {
  const router = useRouter();
  const join = async (name: string) => {
    const { sessionId } = await api.redeemInvite(token, name);
    sessionStorage.removeItem(KEPT);
    router.replace(`/s/${sessionId}`);
  };
  return (
    <CardPage title={preview.sessionTitle}>
      <p className="text-quiet">
        <b className="text-text">{preview.invitedBy}</b> invites you to this song as <b className="text-text">{preview.role}</b>: you{' '}
        {you(preview.role)}.
      </p>
      <div className="mt-5">
        <OneFieldForm {...NAME_FIELD} initial={me?.name ?? ''} isReadOnly={me !== null} action="Join" onSend={join} />
      </div>
    </CardPage>
  );
}

function you(role: InvitePreview['role']): string {
  const words: Readonly<Record<InvitePreview['role'], string>> = {
    owner: ROLE_WORDS.owner,
    mixer: 'can move the mix, add stems and comment',
    commenter: 'can comment and control playback',
    listener: 'can hear and look',
  };
  return words[role];
}
