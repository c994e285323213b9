'use client';

import { Eye, UserMinus, UserPlus } from 'lucide-react';
import { startTransition, useOptimistic, useState } from 'react';
import { may, ROLES } from '../../lib/access';
import type { Person } from '../../lib/client';
import type { Member } from '../../lib/protocol';
import { useSession, useStore } from '../_session';
import { Button, IconButton, IconToggle } from '../_shell/button';
import { Confirm } from '../_shell/dialog';
import { Face } from '../_shell/face';
import { Choose } from '../_shell/field';
import { useFollowed } from '../_shell/following';
import { setPage } from '../_shell/page-state';
import { attempt } from '../_shell/toasts';

const ROLE_CHOICES = ROLES.map((role) => ({ value: role, label: role }));

/** Who belongs to the session and as what; the owner changes it here. */
export function PeoplePanel() {
  const session = useSession();
  const members = useStore(session.people.members);
  const pages = useStore(session.people.here);
  const here = new Set(pages.map((person) => person.user.id));
  const role = useStore(session.role);
  const manages = may(role, 'members.manage');
  const ordered = [...members].sort(
    (a, b) => Number(here.has(b.user.id)) - Number(here.has(a.user.id)) || a.user.name.localeCompare(b.user.name),
  );
  return (
    <section aria-label="People" className="p-3">
      <ul className="flex flex-col">
        {ordered.map((member) => (
          <MemberRow
            key={member.user.id}
            member={member}
            page={pages.find(({ user, me }) => user.id === member.user.id && !me) ?? null}
            here={here.has(member.user.id)}
            manages={manages}
          />
        ))}
      </ul>
      {may(role, 'invites.manage') && (
        <Button className="mt-3 w-full" onPress={() => setPage({ dialog: 'invite' })}>
          <UserPlus size={14} /> Invite someone
        </Button>
      )}
      {may(role, 'session.edit') && <ListenersMayComment />}
    </section>
  );
}

interface MemberRowProps {
  readonly member: Member;
  /** A page of theirs that can be followed. */
  readonly page: Person | null;
  readonly here: boolean;
  readonly manages: boolean;
}

function MemberRow({ member, page, here, manages }: MemberRowProps) {
  const { people, me } = useSession();
  const [asking, setAsking] = useState(false);
  const mine = member.user.id === me.id;
  const { name } = member.user;
  return (
    <li className="flex h-11 items-center gap-2.5 rounded-md px-1 hover:bg-raised">
      <span className="relative">
        <Face user={member.user} className={here ? '' : 'opacity-50'} />
        {here && <span className="absolute -right-0.5 -bottom-0.5 size-2.5 rounded-full border-2 border-surface bg-ok" />}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm">
          {name}
          {mine && <span className="text-quiet"> (you)</span>}
        </span>
        <span className="block truncate text-quiet text-xs">{page ? <Doing person={page} /> : here ? 'here now' : 'away'}</span>
      </span>
      {page && <Follow person={page} />}
      {manages && !mine ? (
        <>
          <Choose
            label={`Role of ${name}`}
            hideLabel
            value={member.role}
            choices={ROLE_CHOICES}
            onChange={(role) => void attempt(people.setRole(member.user.id, role))}
            className="h-7 text-xs"
          />
          <IconButton label={`Remove ${name}`} size="small" look="quiet" onPress={() => setAsking(true)}>
            <UserMinus size={14} />
          </IconButton>
          <Confirm
            title={`Remove ${name}?`}
            isOpen={asking}
            action="Remove"
            onClose={() => setAsking(false)}
            onConfirm={() => void attempt(people.remove(member.user.id))}
          >
            {name} leaves at once and needs a new invite to come back. What they did stays.
          </Confirm>
        </>
      ) : (
        <span className="text-quiet text-xs">{member.role}</span>
      )}
    </li>
  );
}

/** Whether they listen with the others, and whom they follow. */
function Doing({ person }: { person: Person }) {
  const follows = useFollowed(person);
  return `${person.together ? 'together' : 'on their own'}${follows ? `, follows ${follows}` : ''}`;
}

function Follow({ person }: { person: Person }) {
  const { following } = useSession();
  const on = useStore(following.leader)?.client === person.client;
  return (
    <IconToggle
      label={on ? `No longer follow ${person.user.name}` : `Follow ${person.user.name}: see and hear what they do`}
      on={on}
      onChange={(wish) => (wish ? following.follow(person.client) : following.leave())}
      className="!h-6 !min-w-6 !px-1"
    >
      <Eye size={14} />
    </IconToggle>
  );
}

function ListenersMayComment() {
  const session = useSession();
  const allowed = useStore(session.info).listenersMayComment;
  // The wish is shown until the service has answered; then what it says, which is as before where it refused.
  const [shown, show] = useOptimistic(allowed);
  const change = (wish: boolean) =>
    startTransition(async () => {
      show(wish);
      await attempt(session.letListenersComment(wish));
    });
  return (
    <label className="mt-4 flex cursor-pointer items-start gap-2.5 px-1 text-quiet text-sm">
      <input type="checkbox" checked={shown} onChange={(event) => change(event.target.checked)} className="mt-0.5 accent-accent" />
      <span>Listeners may leave comments. Each waits until you or a mixer approves it.</span>
    </label>
  );
}
