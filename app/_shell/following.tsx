'use client';

import { Eye, X } from 'lucide-react';
import { useEffect } from 'react';
import type { OpenSession, Person } from '../../lib/client';
import { usePart, useSession, useStore } from '../_session';
import { showRange, watchRange } from '../_timeline';
import { personColor } from '../palette';
import { Button } from './button';
import { setPage, usePage } from './page-state';

/** The name of the one whom somebody follows; null for nobody. */
export function useFollowed(person: Person): string | null {
  const { people } = useSession();
  return usePart(people.here, (here) => {
    const leader = person.following === null ? undefined : here.find(({ client }) => client === person.following);
    return leader === undefined ? null : leader.me ? 'you' : leader.user.name;
  });
}

/** Parts of the page where an own hand ends following; talk, chat and dialogs go on beside it. */
const OWN = [
  'section[aria-label="Timeline"]',
  'section[aria-label="Console"]',
  'section[aria-label^="Channel view"]',
  '[role="toolbar"]',
].join(', ');

const HANDS = ['pointerdown', 'wheel'] as const;

/** What others have in sight comes to me, and what I have in sight to them. */
function useView({ following }: OpenSession): void {
  useEffect(() => {
    const tell = (from: number, until: number) => following.show({ from, until, channel: usePage.getState().channelView });
    const stop = watchRange(tell);
    const stopPage = usePage.subscribe((page, before) => {
      if (page.channelView !== before.channelView) watchRange(tell)();
    });
    const apply = () => {
      const view = following.view.get();
      if (!view) return;
      showRange(view.from, view.until);
      if (usePage.getState().channelView !== view.channel) setPage({ channelView: view.channel });
    };
    const stopView = following.view.subscribe(apply);
    return () => {
      stop();
      stopPage();
      stopView();
    };
  }, [following]);
}

/** Whoever puts a hand on the desk or the song no longer follows. */
function useLeaving({ following }: OpenSession): void {
  useEffect(() => {
    const onHand = ({ target }: Event) => {
      // The way out is its own.
      if (!following.leader.get() || !(target instanceof Element) || target.closest('[data-testid="following"]')) return;
      if (target.closest(OWN)) following.leave();
    };
    for (const type of HANDS) window.addEventListener(type, onHand, { capture: true, passive: true });
    return () => {
      for (const type of HANDS) window.removeEventListener(type, onHand, { capture: true });
    };
  }, [following]);
}

/** A frame in the colour of whom I follow; keeps what we have in sight in step. */
export function FollowingFrame() {
  const session = useSession();
  const leader = useStore(session.following.leader);
  useView(session);
  useLeaving(session);
  if (!leader) return null;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none fixed inset-0 z-30 border-2"
      style={{ borderColor: personColor(leader.user.color) }}
    />
  );
}

/** Whom I follow, with the way out; or who follows me. */
export function FollowingChip() {
  const { following } = useSession();
  const leader = useStore(following.leader);
  const followers = useStore(following.followers);
  if (leader)
    return (
      <Button
        onPress={() => following.leave()}
        aria-label={`You follow ${leader.user.name}: press to go on by yourself`}
        data-testid="following"
        className="min-w-0"
      >
        <Eye size={14} style={{ color: personColor(leader.user.color) }} />
        <span className="max-w-40 truncate">{leader.user.name}</span>
        <X size={13} className="text-quiet" />
      </Button>
    );
  if (followers.length === 0) return null;
  const names = followers.map(({ user }) => user.name);
  return (
    <span role="status" title={names.join(', ')} className="inline-flex min-w-0 items-center gap-1.5 text-quiet text-xs">
      <Eye size={13} className="shrink-0" />
      <span className="truncate">{names.length === 1 ? `${names[0]} follows you` : `${names.length} follow you`}</span>
    </span>
  );
}
