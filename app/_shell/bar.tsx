'use client';

import { CircleHelp, Download, FlaskConical, PanelRight, Redo2, Undo2, UserPlus } from 'lucide-react';
import Link from 'next/link';
import { may } from '../../lib/access';
import { useSession, useStore } from '../_session';
import { ChatButton } from '../_talk/chat-button';
import { TalkButton } from '../_talk/talk-button';
import { Button, IconButton } from './button';
import { Mark } from './mark';
import { setPage, usePage } from './page-state';
import { PeopleRow } from './people-row';
import { SavePill } from './save-pill';
import { ChooseStems } from './stems-in';
import { SongFacts, Title } from './title';

/** The top of the session page: what it is, how safe it is, who is here. */
export function Bar() {
  const session = useSession();
  const role = useStore(session.role);
  const panel = usePage((page) => page.panel);
  return (
    <header className="flex h-11 shrink-0 items-center gap-3 border-line border-b bg-surface px-3">
      <Link href="/" className="shrink-0 rounded-sm" aria-label="All my sessions" title="All my sessions">
        <Mark />
      </Link>
      <Title />
      <SongFacts />
      <SavePill />
      <span className="flex-1" />
      <TryButton />
      <UndoButtons />
      <PeopleRow />
      <span className="hidden items-center gap-2 desk:flex">
        <TalkButton />
        <ChatButton />
      </span>
      <span className="hidden items-center gap-2 desk:flex">
        <AddStems />
        <Button onPress={() => setPage({ dialog: 'export' })}>
          <Download size={14} /> Export
        </Button>
        {may(role, 'invites.manage') && (
          <Button look="primary" onPress={() => setPage({ dialog: 'invite' })}>
            <UserPlus size={14} /> Invite
          </Button>
        )}
        <IconButton label="Keys and help" keys="?" look="quiet" onPress={() => setPage({ dialog: 'shortcuts' })}>
          <CircleHelp size={16} />
        </IconButton>
        <IconButton
          label={panel ? 'Fold the panel away' : 'Open the panel'}
          look="quiet"
          onPress={() => setPage({ panel: panel ? null : 'comments' })}
        >
          <PanelRight size={16} />
        </IconButton>
      </span>
    </header>
  );
}

/** More stems by a button too, for whoever does not drag; an empty session has its own in the middle. */
function AddStems() {
  const { role, stems } = useSession();
  const writes = may(useStore(role), 'stems.write');
  const some = useStore(stems.list).length > 0;
  return writes && some ? <ChooseStems label="Add stems" look="plain" /> : null;
}

/** Begins a draft, for whoever hears the mix. */
function TryButton() {
  const { draft } = useSession();
  const open = useStore(draft.changes) !== null;
  if (open) return null;
  return (
    <span className="hidden sm:flex">
      <IconButton label="Try something that only you hear: my draft" keys="N" look="quiet" onPress={() => draft.open()}>
        <FlaskConical size={16} />
      </IconButton>
    </span>
  );
}

function UndoButtons() {
  const { desk } = useSession();
  const writable = useStore(desk.writable);
  const canUndo = useStore(desk.canUndo);
  const canRedo = useStore(desk.canRedo);
  if (!writable) return null;
  return (
    <span className="hidden sm:flex">
      <IconButton label="Take back my last change" keys="Z" look="quiet" isDisabled={!canUndo} onPress={() => desk.undo()}>
        <Undo2 size={16} />
      </IconButton>
      <IconButton label="Do it again" keys="Shift Z" look="quiet" isDisabled={!canRedo} onPress={() => desk.redo()}>
        <Redo2 size={16} />
      </IconButton>
    </span>
  );
}
