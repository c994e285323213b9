'use client';

import { Ellipsis, GitCompareArrows, Vote } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { may } from '../../lib/access';
import { DRAFT, MIX } from '../../lib/client';
import type { StripId } from '../../lib/mix';
import type { Snapshot } from '../../lib/protocol';
import { useMix, useSession, useStore } from '../_session';
import { Button } from '../_shell/button';
import { Confirm, Dialog } from '../_shell/dialog';
import { Face } from '../_shell/face';
import { Field } from '../_shell/field';
import { hear } from '../_shell/hearing';
import { OneFieldForm } from '../_shell/one-field-form';
import { setPage, usePage } from '../_shell/page-state';
import { attempt, tell } from '../_shell/toasts';
import { ago } from '../_shell/words';
import { BlindResults, BlindTestDialog } from './blind-tests';
import { VersionComparison } from './version-comparison';

const NAME = { label: 'Name of the version', maxLength: 80 } as const;
const ITEM = 'cursor-pointer rounded-sm px-3 py-1.5 text-sm outline-none data-[disabled]:opacity-45 data-[focused]:bg-hover';

/** Kept states of the mix: saved under a name, brought back whole or strip by strip. */
export function VersionsPanel() {
  const session = useSession();
  const versions = useStore(session.versions.list);
  const role = useStore(session.role);
  const writes = may(role, 'snapshots.write');
  return (
    <section aria-label="Versions" className="flex min-h-0 flex-1 flex-col">
      {writes && <SaveVersion next={versions.length + 1} />}
      {versions.length > 0 && <Compare begins={writes} />}
      {versions.length === 0 ? (
        <p className="px-4 py-6 text-quiet text-sm leading-5">
          {writes
            ? 'Save the mix before you try something bold. A version holds every control, effect and lane, and brings them back whole or for one strip.'
            : 'No version has been saved yet. Who mixes here can save one.'}
        </p>
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <ul>
            {versions.map((version, at) => (
              <VersionRow
                key={version.id}
                version={version}
                number={at + 1}
                recalls={may(role, 'mix.write')}
                owner={may(role, 'session.edit')}
              />
            ))}
          </ul>
          <BlindResults />
        </div>
      )}
    </section>
  );
}

function SaveVersion({ next }: { next: number }) {
  const { versions } = useSession();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const saved = await attempt(versions.save(name.trim() || `Version ${next}`));
    if (saved) setName('');
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void save(event)} className="flex shrink-0 items-end gap-2 border-line border-b p-3">
      <Field {...NAME} label="Save the mix as" placeholder={`Version ${next}`} value={name} onChange={setName} className="min-w-0 flex-1" />
      <Button type="submit" look="primary" size="tall" isPending={busy}>
        Save
      </Button>
    </form>
  );
}

/** What can be done with several versions. */
function Compare({ begins }: { begins: boolean }) {
  const comparing = usePage((page) => page.comparing);
  const [choosing, setChoosing] = useState(false);
  const running = useStore(useSession().blindTests.list).some(({ result }) => result === null);
  return (
    <>
      <div className="flex shrink-0 gap-1.5 border-line border-b px-3 py-1.5">
        <Button size="small" aria-expanded={comparing} onPress={() => setPage({ comparing: !comparing })}>
          <GitCompareArrows size={13} /> What differs
        </Button>
        {begins && (
          <Button size="small" isDisabled={running} onPress={() => setChoosing(true)}>
            <Vote size={13} /> Blind test…
          </Button>
        )}
      </div>
      {comparing && <VersionComparison />}
      <BlindTestDialog isOpen={choosing} onClose={() => setChoosing(false)} />
    </>
  );
}

/** The keys 1 to 9 hear the first nine. */
const KEYS = 9;

function VersionRow({ version, number, recalls, owner }: { version: Snapshot; number: number; recalls: boolean; owner: boolean }) {
  const session = useSession();
  const heard = useStore(session.audition.heard) === version.id;
  const [task, setTask] = useState<'rename' | 'delete' | null>(null);
  const mine = version.by.id === session.me.id;
  return (
    <li className={`flex items-center gap-2 border-line border-b px-3.5 py-2.5 ${heard ? 'bg-accent/10' : ''}`}>
      <span aria-hidden="true" className="w-2.5 shrink-0 text-quiet text-xs tabular-nums">
        {number <= KEYS ? number : ''}
      </span>
      <Face user={version.by} size="small" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-semibold text-sm">{version.name}</span>
        <time className="block truncate text-quiet text-xs" dateTime={new Date(version.at).toISOString()}>
          {mine ? 'You' : version.by.name}, {ago(version.at, Date.now())}
        </time>
      </span>
      <Button
        size="small"
        look={heard ? 'primary' : 'plain'}
        aria-label={heard ? `Back from ${version.name} to the mix` : `Hear ${version.name}, only for you`}
        onPress={() => (heard ? hear(session, MIX) : void attempt(session.versions.hear(version.id)))}
      >
        {heard ? 'Mix' : 'Hear'}
      </Button>
      {recalls && (
        <Button size="small" aria-label={`Recall ${version.name}`} onPress={() => void recall(session, version)}>
          Recall
        </Button>
      )}
      {(recalls || mine || owner) && <VersionMenu version={version} recalls={recalls} changes={mine || owner} onTask={setTask} />}
      <Dialog title="Rename this version" isOpen={task === 'rename'} onClose={() => setTask(null)}>
        <OneFieldForm
          {...NAME}
          initial={version.name}
          action="Rename"
          onSend={async (name) => {
            await session.versions.change(version.id, { name });
            setTask(null);
          }}
        />
      </Dialog>
      <Confirm
        title={`Delete “${version.name}”?`}
        isOpen={task === 'delete'}
        action="Delete"
        onClose={() => setTask(null)}
        onConfirm={() => void attempt(session.versions.remove(version.id))}
      >
        The mix stays as it is; only this kept version goes, for everybody. This cannot be taken back.
      </Confirm>
    </li>
  );
}

interface VersionMenuProps {
  version: Snapshot;
  recalls: boolean;
  changes: boolean;
  onTask(task: 'rename' | 'delete'): void;
}

function VersionMenu({ version, recalls, changes, onTask }: VersionMenuProps) {
  const session = useSession();
  const selected = useStore(session.selected);
  const strip = useMix((mix) => (selected === null ? undefined : mix.strips.get(selected)));
  const act = (key: string) => {
    if (key === 'strip' && strip) void recall(session, version, strip);
    else if (key === 'rename' || key === 'delete') onTask(key);
  };
  return (
    <MenuTrigger>
      <AriaButton
        aria-label={`More about ${version.name}`}
        className="-mr-1.5 shrink-0 rounded-sm p-0.5 text-quiet data-[hovered]:bg-hover data-[hovered]:text-text"
      >
        <Ellipsis size={15} />
      </AriaButton>
      <Popover placement="bottom end" className="z-30 rounded-md border border-line-strong bg-raised p-1 shadow-xl">
        <Menu className="outline-none" onAction={(key) => act(String(key))} disabledKeys={strip ? [] : ['strip']}>
          {recalls ? (
            <MenuItem id="strip" className={ITEM}>
              {strip ? `Recall ${strip.name} only` : 'Recall one strip: select it first'}
            </MenuItem>
          ) : null}
          {changes ? (
            <MenuItem id="rename" className={ITEM}>
              Rename…
            </MenuItem>
          ) : null}
          {changes ? (
            <MenuItem id="delete" className={`${ITEM} text-record`}>
              Delete…
            </MenuItem>
          ) : null}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** Brings the mix, or one strip, back to a version, and says how to take that back. */
async function recall(session: ReturnType<typeof useSession>, version: Snapshot, strip?: { readonly id: StripId; readonly name: string }) {
  // Into my draft where I hear that, else into the mix.
  const drafts = session.audition.heard.get() === DRAFT;
  if (!drafts) hear(session, MIX);
  const done = await attempt(session.versions.recall(version.id, strip && new Set([strip.id])));
  if (!done) return;
  if (!done.ok) tell({ level: 'info', text: done.error });
  else {
    const where = drafts ? 'in your draft' : 'for everybody';
    tell({ level: 'info', text: `${strip?.name ?? 'The mix'} is as in “${version.name}” again, ${where}. Undo takes that back.` });
  }
}
