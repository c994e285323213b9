'use client';

import { Activity, AudioWaveform, ClipboardCheck, Ellipsis, History, MessageSquare, SlidersVertical, Users } from 'lucide-react';
import Link from 'next/link';
import { Button as AriaButton, type Key, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { may } from '../../lib/access';
import type { OpenSession } from '../../lib/client';
import { CheckPanel } from '../_check';
import { CommentsPanel } from '../_comments/comments-panel';
import { UnreadMark } from '../_comments/unread-mark';
import { PhoneConsole } from '../_console';
import { TourCard } from '../_learn';
import { MetersPanel } from '../_meters';
import { AwayCard } from '../_panels/away-card';
import { HistoryPanel } from '../_panels/history-panel';
import { PeoplePanel } from '../_panels/people-panel';
import { VersionsPanel } from '../_panels/versions-panel';
import { useSession, useStore } from '../_session';
import { ChatButton } from '../_talk/chat-button';
import { ChatPanel } from '../_talk/chat-panel';
import { SpeakersNow } from '../_talk/speaking-face';
import { TalkButton } from '../_talk/talk-button';
import { Timeline } from '../_timeline';
import { Button } from './button';
import { SameEars } from './ears';
import { FollowingChip } from './following';
import { HearingBar } from './hearing-bar';
import { Loudness } from './loudness';
import { Mark } from './mark';
import { Monitor } from './monitor';
import { type PhoneTab, setPage, usePage } from './page-state';
import { SavePill } from './save-pill';
import { ArrivingStems, ChooseStems } from './stems-in';
import { TimeDisplay } from './time-display';
import { Together } from './together';
import { Listening, TransportButtons } from './transport-row';

const TABS = [
  { id: 'song', label: 'Song', icon: AudioWaveform },
  { id: 'comments', label: 'Comments', icon: MessageSquare },
  { id: 'console', label: 'Mix', icon: SlidersVertical },
  { id: 'meters', label: 'Meters', icon: Activity },
  { id: 'check', label: 'Check', icon: ClipboardCheck },
  { id: 'versions', label: 'Versions', icon: History },
  { id: 'people', label: 'People', icon: Users },
] as const;

/** The session on a phone: one thing at a time, transport always at hand. */
export function PhoneView() {
  const tab = usePage((page) => page.phoneTab);
  return (
    <>
      <PhoneBar />
      <HearingBar />
      <AwayCard />
      <main className="relative flex min-h-0 flex-1 flex-col">
        {tab === 'song' && <PhoneSong />}
        {tab !== 'song' && (
          <div className="h-30 shrink-0 border-line border-b">
            <Timeline overviewHeight={74} foldable={false} />
          </div>
        )}
        {tab === 'comments' && <CommentsPanel />}
        {tab === 'console' && (
          <div className="min-h-0 flex-1">
            <PhoneConsole />
          </div>
        )}
        {tab === 'meters' && <MetersPanel />}
        {tab === 'check' && (
          <>
            <TourCard />
            <CheckPanel />
          </>
        )}
        {(tab === 'history' || tab === 'versions') && <PhonePast tab={tab} />}
        {tab === 'people' && (
          <div className="min-h-0 flex-1 overflow-y-auto">
            <PeoplePanel />
          </div>
        )}
        {tab === 'chat' && <ChatPanel onClose={() => setPage({ phoneTab: 'song' })} />}
        <ArrivingStems />
      </main>
      <div
        role="toolbar"
        aria-label="Transport"
        className="flex shrink-0 items-center justify-between gap-2 border-line border-t bg-surface px-3 py-2"
      >
        <TransportButtons tall />
        <TalkButton tall />
        <TimeDisplay />
      </div>
      <PhoneTabs tab={tab} />
    </>
  );
}

/** What the mix was: kept versions, and everything that was done. */
function PhonePast({ tab }: { tab: 'history' | 'versions' }) {
  return (
    <>
      <div className="flex shrink-0 gap-1.5 border-line border-b px-3 py-2">
        {(['versions', 'history'] as const).map((one) => (
          <Button
            key={one}
            look={one === tab ? 'primary' : 'plain'}
            aria-pressed={one === tab}
            className="flex-1"
            onPress={() => setPage({ phoneTab: one })}
          >
            {one === 'versions' ? 'Versions' : 'History'}
          </Button>
        ))}
      </div>
      {tab === 'versions' ? <VersionsPanel /> : <HistoryPanel />}
    </>
  );
}

function PhoneSong() {
  const { role } = useSession();
  const writes = may(useStore(role), 'stems.write');
  return (
    <>
      <div className="min-h-0 flex-1">
        <Timeline overviewHeight={150} />
      </div>
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-t px-3 py-2">
        <Together />
        <FollowingChip />
        <SameEars />
        <Monitor />
        <Listening />
        <Loudness />
        {writes && <ChooseStems label="Add stems" look="plain" />}
      </div>
    </>
  );
}

function PhoneBar() {
  const session = useSession();
  const title = useStore(session.info).title;
  const role = useStore(session.role);
  const writable = useStore(session.desk.writable);
  const canUndo = useStore(session.desk.canUndo);
  const canRedo = useStore(session.desk.canRedo);
  const item = 'cursor-pointer rounded-sm px-4 py-2.5 outline-none data-[disabled]:opacity-45 data-[focused]:bg-hover';
  return (
    <header className="flex h-12 shrink-0 items-center gap-2.5 border-line border-b bg-surface px-3">
      <Link href="/" aria-label="All my sessions" className="shrink-0 rounded-sm">
        <Mark />
      </Link>
      <h1 className="min-w-0 flex-1 truncate font-semibold">{title}</h1>
      <SpeakersNow />
      <SavePill />
      <ChatButton tall />
      <MenuTrigger>
        <AriaButton aria-label="More" className="grid size-10 shrink-0 place-items-center rounded-md text-quiet">
          <Ellipsis size={18} />
        </AriaButton>
        <Popover placement="bottom end" className="z-30 rounded-md border border-line-strong bg-raised p-1 shadow-xl">
          <Menu
            className="outline-none"
            onAction={(key) => act(session, key)}
            disabledKeys={[...(canUndo ? [] : ['undo']), ...(canRedo ? [] : ['redo'])]}
          >
            {writable && (
              <MenuItem id="undo" className={item}>
                Take back my last change
              </MenuItem>
            )}
            {writable && (
              <MenuItem id="redo" className={item}>
                Do it again
              </MenuItem>
            )}
            <MenuItem id="draft" className={item}>
              Try something: my draft
            </MenuItem>
            {may(role, 'invites.manage') && (
              <MenuItem id="invite" className={item}>
                Invite
              </MenuItem>
            )}
            <MenuItem id="export" className={item}>
              Export
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
    </header>
  );
}

function act({ desk, draft }: OpenSession, key: Key): void {
  if (key === 'undo') desk.undo();
  else if (key === 'draft') draft.open();
  else if (key === 'redo') desk.redo();
  else setPage({ dialog: key === 'invite' ? 'invite' : 'export' });
}

function PhoneTabs({ tab }: { tab: PhoneTab }) {
  const { comments } = useSession();
  const unread = useStore(comments.unread).size;
  const shown = tab === 'history' ? 'versions' : tab;
  const open = useStore(comments.list).filter((comment) => comment.status !== 'resolved').length;
  return (
    <nav aria-label="Parts of the session" className="flex shrink-0 border-line border-t bg-surface pb-[env(safe-area-inset-bottom)]">
      {TABS.map(({ id, label, icon: Icon }) => (
        <button
          key={id}
          type="button"
          aria-current={shown === id ? 'page' : undefined}
          onClick={() => setPage({ phoneTab: id })}
          className={`relative flex h-14 flex-auto flex-col items-center whitespace-nowrap justify-center gap-1 text-2xs outline-offset-[-2px] ${shown === id ? 'text-accent' : 'text-quiet'}`}
        >
          <Icon size={19} />
          {id === 'comments' && open > 0 ? `${label} ${open}` : label}
          {id === 'comments' && unread > 0 && <UnreadMark count={unread} className="absolute top-1.5 left-1/2 ml-1" />}
        </button>
      ))}
    </nav>
  );
}
