'use client';

import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useCallback, useEffect, useState } from 'react';
import { api } from '../../lib/client';
import type { BinnedSession, SessionInfo, User } from '../../lib/protocol';
import { AskName } from '../_shell/ask-name';
import { Button } from '../_shell/button';
import { Dialog } from '../_shell/dialog';
import { Face } from '../_shell/face';
import { Mark } from '../_shell/mark';
import { sentence, Toasts } from '../_shell/toasts';
import { useFileDrop } from '../_shell/use-file-drop';
import { DeskPicture } from './desk-picture';
import { MySessions } from './my-sessions';
import { NewSession } from './new-session';

interface Known {
  readonly user: User | null;
  readonly sessions: readonly SessionInfo[];
  readonly bin: readonly BinnedSession[];
}
/** What the new-session dialog was opened with; null while it is closed. */
type Making = readonly File[] | null;

/** Where everybody begins: what this is, my sessions, a new one, the demo song. */
export function Home() {
  const [known, setKnown] = useState<Known | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  const [making, setMaking] = useState<Making>(null);
  const load = useCallback(async () => {
    try {
      const { user } = await api.me();
      const [sessions, bin] = user ? await Promise.all([api.sessions(), api.bin()]) : [[], []];
      setKnown({ user, sessions, bin });
      setWhy(null);
    } catch (problem) {
      setWhy(sentence(problem));
    }
  }, []);
  useEffect(() => void load(), [load]);
  const dropping = useFileDrop(setMaking);

  return (
    <div className="mx-auto flex min-h-dvh max-w-6xl flex-col px-5">
      <header className="flex h-16 items-center gap-2.5">
        <Mark size={26} />
        <span className="flex-1 font-semibold text-base">Mixing Table</span>
        {known && (
          <Link href="/account" className="flex items-center gap-2 rounded-sm px-1.5 py-1 text-quiet text-sm hover:text-text">
            {known.user ? (
              <>
                <Face user={known.user} /> {known.user.name}
                <span className="sr-only">: my account</span>
              </>
            ) : (
              'Sign in'
            )}
          </Link>
        )}
      </header>
      <main className="flex-1 pb-16">
        {why && (
          <div
            role="alert"
            className="mt-6 flex items-center justify-between gap-4 rounded-md border border-record/50 bg-surface px-4 py-3"
          >
            <span>{why}</span>
            <Button onPress={() => void load()}>Try again</Button>
          </div>
        )}
        {known &&
          (known.sessions.length + known.bin.length === 0 ? (
            <Welcome onNew={() => setMaking([])} />
          ) : (
            <MySessions {...known} onNew={() => setMaking([])} onChanged={load} />
          ))}
        {!known && !why && (
          <p role="status" className="py-24 text-center text-quiet">
            Looking for your sessions …
          </p>
        )}
      </main>
      {dropping && (
        <div className="pointer-events-none fixed inset-2 z-50 grid place-items-center rounded-lg border-2 border-accent border-dashed bg-bg/85">
          <div className="text-center">
            <p className="font-semibold text-xl">A new session with these stems</p>
            <p className="mt-1 text-quiet">Each file becomes a strip of the console; folders and ZIPs are taken apart.</p>
          </div>
        </div>
      )}
      <NewSessionDialog making={making} user={known?.user ?? null} onKnown={load} onClose={() => setMaking(null)} />
      <Toasts />
    </div>
  );
}

function Welcome({ onNew }: { onNew(): void }) {
  return (
    <section className="mx-auto max-w-2xl py-[9vh] text-center">
      <h1 className="text-balance font-semibold text-4xl leading-tight tracking-tight sm:text-5xl">
        Open a link, hear the song, mix it together.
      </h1>
      <p className="mx-auto mt-5 max-w-xl text-balance text-lg text-quiet leading-7">
        One mixing console in the browser for everybody in the band. Full-quality sound on each machine, every hand on the faders in sight,
        and nothing anybody did is lost.
      </p>
      <div className="mt-9 flex flex-wrap justify-center gap-3">
        <Link
          href="/demo"
          data-testid="open-demo"
          className="inline-flex h-11 items-center rounded-md bg-accent px-5 font-semibold text-base text-on-accent hover:brightness-110"
        >
          Open the demo song
        </Link>
        <Button size="tall" className="!h-11 !px-5" onPress={onNew}>
          <Plus size={16} /> New session
        </Button>
      </div>
      <DeskPicture />
      <p className="mt-2 text-quiet text-sm">No account: a name is enough. Or drop your stems, a folder or a ZIP of them on this page.</p>
    </section>
  );
}

interface NewSessionDialogProps {
  making: Making;
  user: User | null;
  onKnown(): Promise<void>;
  onClose(): void;
}

/** Asks for a name where there is none yet, then for the title. */
function NewSessionDialog({ making, user, onKnown, onClose }: NewSessionDialogProps) {
  return (
    <Dialog title="New session" isOpen={making !== null} onClose={onClose}>
      {user ? (
        <NewSession files={making ?? []} />
      ) : (
        <AskName action="Go on" onKnown={() => void onKnown()}>
          <p className="text-quiet">First, who are you? A name is enough.</p>
        </AskName>
      )}
    </Dialog>
  );
}
