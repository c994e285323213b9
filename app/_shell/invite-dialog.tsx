'use client';

import { Check, Copy, Link2 } from 'lucide-react';
import { useState } from 'react';
import type { CreatedInvite, Invite } from '../../lib/protocol';
import { useSession, useStore } from '../_session';
import { Button } from './button';
import { Dialog } from './dialog';
import { Choose, INPUT } from './field';
import { ROLE_CHOICES } from './roles';
import { attempt, tell } from './toasts';
import { count } from './words';

const EXPIRIES = [
  { value: '24', label: 'for a day' },
  { value: '168', label: 'for a week' },
  { value: '720', label: 'for 30 days' },
  { value: 'never', label: 'until I revoke it' },
] as const;
const USES = [
  { value: '1', label: 'one person' },
  { value: '5', label: 'up to 5 people' },
  { value: '20', label: 'up to 20 people' },
  { value: 'any', label: 'anyone with the link' },
] as const;

/** Makes links for a role, shows each once, lists and revokes them. */
export function InviteDialog({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  return (
    <Dialog title="Invite to this session" isOpen={isOpen} onClose={onClose} width="wide">
      <NewInvite />
      <OpenInvites />
    </Dialog>
  );
}

function NewInvite() {
  const { people } = useSession();
  const [role, setRole] = useState<(typeof ROLE_CHOICES)[number]['value']>('mixer');
  const [expiry, setExpiry] = useState<(typeof EXPIRIES)[number]['value']>('168');
  const [uses, setUses] = useState<(typeof USES)[number]['value']>('any');
  const [made, setMade] = useState<CreatedInvite | null>(null);
  const [busy, setBusy] = useState(false);

  const make = async () => {
    setBusy(true);
    const invite = await attempt(
      people.invite({
        role,
        ...(expiry === 'never' ? {} : { expiresInHours: Number(expiry) }),
        ...(uses === 'any' ? {} : { maxUses: Number(uses) }),
      }),
    );
    setBusy(false);
    if (invite) setMade(invite);
  };
  return (
    <section>
      <div className="flex flex-wrap items-end gap-3">
        <Choose label="Who opens it becomes" value={role} choices={ROLE_CHOICES} onChange={setRole} />
        <Choose label="It works" value={expiry} choices={EXPIRIES} onChange={setExpiry} />
        <Choose label="For" value={uses} choices={USES} onChange={setUses} />
        <Button look="primary" isPending={busy} onPress={() => void make()}>
          <Link2 size={14} /> Make a link
        </Button>
      </div>
      {made && <MadeLink url={made.url} key={made.id} />}
    </section>
  );
}

function MadeLink({ url }: { url: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setCopied(true);
    } catch {
      tell({ level: 'warning', text: 'The browser did not let the page copy. Select the link and copy it yourself.' });
    }
  };
  return (
    <div className="mt-4 rounded-md border border-accent/50 bg-bg p-3">
      <div className="flex gap-2">
        <input
          readOnly
          aria-label="Invite link"
          data-testid="invite-url"
          value={url}
          onFocus={(event) => event.target.select()}
          className={INPUT}
        />
        <Button size="tall" onPress={() => void copy()}>
          {copied ? <Check size={15} /> : <Copy size={15} />} {copied ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <p className="mt-2 text-quiet text-sm">Send it to whom you want here. The link is shown only this once.</p>
    </div>
  );
}

function OpenInvites() {
  const { people } = useSession();
  const invites = useStore(people.invites);
  if (invites.length === 0) return null;
  return (
    <section className="mt-6">
      <h3 className="mb-2 font-semibold text-sm">Links that are out</h3>
      <ul className="divide-y divide-line rounded-md border border-line">
        {invites.map((invite) => (
          <li key={invite.id} className="flex items-center gap-3 px-3 py-2 text-sm">
            <span className="w-24 font-semibold">{invite.role}</span>
            <span className="flex-1 text-quiet">{stateOf(invite)}</span>
            <Button look="danger" size="small" onPress={() => void attempt(people.revoke(invite.id))}>
              Revoke
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function stateOf(invite: Invite): string {
  const used = invite.maxUses === null ? count(invite.uses, 'use', 'uses') : `${invite.uses} of ${count(invite.maxUses, 'use', 'uses')}`;
  if (invite.expiresAt === null) return `${used} · by ${invite.createdBy.name} · never expires`;
  if (invite.expiresAt < Date.now()) return `${used} · by ${invite.createdBy.name} · expired`;
  const until = new Date(invite.expiresAt).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
  return `${used} · by ${invite.createdBy.name} · until ${until}`;
}
