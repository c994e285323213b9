'use client';

import { useEffect, useRef } from 'react';
import { ControlMenu } from '../_comments/control-menu';
import { ExportComments } from '../_comments/export-comments';
import { ChannelView, Console } from '../_console';
import { useOfferedLessons } from '../_learn';
import { AwayCard } from '../_panels/away-card';
import { Panel } from '../_panels/panel';
import { useMix, useSession, useStore } from '../_session';
import { ChatPanel } from '../_talk/chat-panel';
import { useTalkKey } from '../_talk/use-talk-key';
import { showWhole, Timeline, zoomTo } from '../_timeline';
import { Bar } from './bar';
import { ClosedSession, useClosed } from './closed-session';
import { Divider } from './divider';
import { ExportDialog } from './export/export-dialog';
import { useSoundFromFirstTouch } from './first-touch';
import { FollowingFrame } from './following';
import { HearingBar } from './hearing-bar';
import { InviteDialog } from './invite-dialog';
import { useKeys } from './keyboard';
import { setPage, usePage } from './page-state';
import { PhoneView } from './phone-view';
import { ShortcutsDialog } from './shortcuts-dialog';
import { ArrivingStems, DropStems, NoStemsYet } from './stems-in';
import { takeFor } from './stems-to-come';
import { Toasts, tell } from './toasts';
import { TransportRow } from './transport-row';
import { useWide } from './wide';

const ZOOM_STEP = 1.5;

/** The session page: the desk on a wide screen, one thing at a time on a phone. */
export function SessionView() {
  const session = useSession();
  const closed = useClosed();
  const notice = useStore(session.notice);
  const title = useStore(session.info).title;
  useOfferedLessons();
  useEffect(() => {
    if (notice) tell(notice);
  }, [notice]);
  const unwritten = useStore(session.desk.notice);
  useEffect(() => {
    if (unwritten) tell(unwritten);
  }, [unwritten]);
  useEffect(() => {
    const files = takeFor(session.id);
    if (files.length > 0) session.stems.upload(files);
  }, [session]);
  useEffect(() => {
    document.title = `${title} · Mixing Table`;
  }, [title]);
  const page = (
    <div className="flex h-dvh flex-col overflow-hidden">
      {closed ? (
        <ClosedSession {...closed}>
          <View />
        </ClosedSession>
      ) : (
        <Open />
      )}
      <Toasts />
    </div>
  );
  return closed ? page : <DropStems>{page}</DropStems>;
}

function View() {
  return useWide() ? <DeskView /> : <PhoneView />;
}

/** The view with its keys and dialogs. */
function Open() {
  const session = useSession();
  const zoom = useRef((by: 'in' | 'out' | 'all') => {
    if (by === 'all') showWhole();
    else zoomTo(by === 'in' ? ZOOM_STEP : 1 / ZOOM_STEP, session.transport.position());
  });
  useKeys(session, zoom.current);
  useTalkKey(session);
  useSoundFromFirstTouch(session);
  return (
    <>
      <View />
      <ControlMenu />
      <FollowingFrame />
      <Dialogs />
    </>
  );
}

function DeskView() {
  const panel = usePage((page) => page.panel);
  const height = usePage((page) => page.timelineHeight);
  const channel = usePage((page) => page.channelView);
  const empty = useEmpty();
  const column = useRef<HTMLDivElement>(null);
  return (
    <>
      <Bar />
      <TransportRow />
      <HearingBar />
      <AwayCard />
      <main className="flex min-h-0 flex-1">
        <div ref={column} className="relative flex min-h-0 min-w-0 flex-1 flex-col">
          <div
            className="shrink-0 overflow-hidden"
            style={{ height: channel ? Math.min(height, 118) : height, maxHeight: 'calc(100% - 126px)' }}
          >
            <Timeline {...(channel ? { overviewHeight: 70, foldable: false } : {})} />
          </div>
          {channel ? <OpenChannel /> : <Divider space={() => column.current?.clientHeight ?? 800} />}
          <div className="min-h-0 flex-1">{empty ? <NoStemsYet /> : <Console />}</div>
          <ArrivingStems />
        </div>
        {panel === 'chat' && <ChatPanel onClose={() => setPage({ panel: 'comments' })} />}
        {panel && panel !== 'chat' && <Panel />}
      </main>
    </>
  );
}

/** The selected strip's channel view, between timeline and console. */
function OpenChannel() {
  const selected = useStore(useSession().selected);
  const gone = useMix((mix) => selected === null || !mix.strips.has(selected));
  useEffect(() => {
    if (gone) setPage({ channelView: false });
  }, [gone]);
  if (gone) return null;
  return (
    <div className="h-[clamp(300px,42vh,440px)] shrink-0 border-line border-y">
      <ChannelView />
    </div>
  );
}

/** True until there is a strip that plays something. */
function useEmpty(): boolean {
  return useMix((mix) => ![...mix.strips.values()].some((strip) => strip.kind === 'stem'));
}

function Dialogs() {
  const dialog = usePage((page) => page.dialog);
  const close = () => setPage({ dialog: null });
  return (
    <>
      <InviteDialog isOpen={dialog === 'invite'} onClose={close} />
      <ExportComments isOpen={dialog === 'export comments'} onClose={close} />
      <ExportDialog isOpen={dialog === 'export'} onClose={close} />
      <ShortcutsDialog isOpen={dialog === 'shortcuts'} onClose={close} />
    </>
  );
}
