'use client';

import { FolderOpen, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { FileTrigger } from 'react-aria-components';
import { may } from '../../lib/access';
import { useSession, useStore } from '../_session';
import { Button, IconButton } from './button';
import { attempt, tell } from './toasts';
import { useFileDrop } from './use-file-drop';

const FORMATS = 'WAV, AIFF, FLAC, MP3, Ogg, Opus or M4A';
export const ACCEPTED = ['audio/*', '.zip', '.wav', '.aif', '.aiff', '.flac', '.mp3', '.ogg', '.opus', '.m4a'];

/** Takes files dropped anywhere on the page. */
export function DropStems({ children }: { children: ReactNode }) {
  const session = useSession();
  const over = useFileDrop((files) => {
    if (may(session.role.get(), 'stems.write')) session.stems.upload(files);
    else tell({ level: 'warning', text: 'Your role does not add stems. Nothing was sent; ask the owner to make you a mixer.' });
  });
  return (
    <>
      {children}
      {over && (
        <div className="pointer-events-none fixed inset-2 z-50 grid place-items-center rounded-lg border-2 border-accent border-dashed bg-bg/85">
          <div className="text-center">
            <p className="font-semibold text-xl">Drop your stems</p>
            <p className="mt-1 text-quiet">Each file becomes a strip: {FORMATS}; folders and ZIPs too.</p>
          </div>
        </div>
      )}
    </>
  );
}

export function ChooseStems({ label = 'Choose files', look = 'primary' }: { label?: string; look?: 'primary' | 'plain' }) {
  const { stems } = useSession();
  return (
    <FileTrigger allowsMultiple acceptedFileTypes={ACCEPTED} onSelect={(files) => files && stems.upload([...files])}>
      <Button look={look} data-testid="choose-stems">
        <FolderOpen size={14} /> {label}
      </Button>
    </FileTrigger>
  );
}

/** What is on its way in, file by file, until it plays; and what failed, with why. */
export function ArrivingStems() {
  const { stems } = useSession();
  const uploads = useStore(stems.uploads);
  const waiting = useStore(stems.list).filter((stem) => stem.status !== 'ready');
  if (uploads.length === 0 && waiting.length === 0) return null;
  return (
    <section
      aria-label="Stems on their way"
      data-testid="arriving"
      className="absolute top-14 right-3 z-30 max-h-72 w-96 max-w-[calc(100vw-1.5rem)] overflow-y-auto rounded-lg border border-line-strong bg-raised shadow-2xl"
    >
      <Whole />
      <ul className="divide-y divide-line">
        {uploads.map((upload) => (
          <Arriving
            key={upload.id}
            name={upload.filename}
            doing={`${upload.doing} ${percent(upload.progress)}`}
            progress={upload.progress}
            error={upload.error}
            dismiss={upload.error ? 'Dismiss' : 'Cancel'}
            onDismiss={() => stems.cancelUpload(upload.id)}
          />
        ))}
        {waiting.map((stem) => (
          <Arriving
            key={stem.id}
            name={stem.filename}
            doing={stem.status === 'receiving' ? `arriving ${percent(stem.progress)}` : `preparing ${percent(stem.progress)}`}
            progress={stem.progress}
            error={stem.status === 'failed' ? (stem.error ?? 'This file could not be used.') : null}
            dismiss={stem.status === 'failed' ? 'Dismiss' : null}
            onDismiss={() => void attempt(stems.remove(stem.id))}
          />
        ))}
      </ul>
    </section>
  );
}

/** Of all files together. */
function Whole() {
  const arriving = useStore(useSession().stems.arriving);
  if (!arriving || arriving.files < 2) return null;
  const { files, arrived, progress } = arriving;
  return (
    <div className="sticky top-0 border-line border-b bg-raised px-3 py-2 text-sm">
      <div className="flex justify-between gap-2 font-semibold">
        <span>
          {arrived} of {files} stems have arrived
        </span>
        <span>{percent(progress)}</span>
      </div>
      <div className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-hover">
        <div className="h-full bg-ok" style={{ width: `${progress * 100}%` }} />
      </div>
    </div>
  );
}

const percent = (progress: number) => `${Math.round(progress * 100)} %`;

interface ArrivingProps {
  name: string;
  doing: string;
  progress: number;
  error: string | null;
  dismiss: string | null;
  onDismiss(): void;
}

function Arriving({ name, doing, progress, error, dismiss, onDismiss }: ArrivingProps) {
  return (
    <li className="px-3 py-2 text-sm">
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate">{name}</span>
        {!error && <span className="shrink-0 text-quiet text-xs">{doing}</span>}
        {dismiss && (
          <IconButton label={`${dismiss}: ${name}`} size="small" look="quiet" onPress={onDismiss}>
            <X size={13} />
          </IconButton>
        )}
      </div>
      {error ? (
        <p role="alert" className="mt-0.5 text-record text-xs">
          {error}
        </p>
      ) : (
        <div className="mt-1.5 h-1 overflow-hidden rounded-full bg-hover">
          <div className="h-full bg-accent" style={{ width: `${progress * 100}%` }} />
        </div>
      )}
    </li>
  );
}

/** Instead of an empty console: what to do next. */
export function NoStemsYet() {
  const { role } = useSession();
  const writes = may(useStore(role), 'stems.write');
  return (
    <div className="grid h-full place-items-center bg-bg p-6 text-center">
      {writes ? (
        <div>
          <h2 className="font-semibold text-lg">Drop your stems here</h2>
          <p className="mx-auto mt-1 mb-4 max-w-md text-quiet">
            One file for each instrument: {FORMATS}, or a folder or ZIP of them. Each becomes a strip of the console, named after its file,
            and plays as soon as it has arrived.
          </p>
          <ChooseStems />
        </div>
      ) : (
        <p className="text-quiet">There are no stems yet. They show here as soon as somebody adds them.</p>
      )}
    </div>
  );
}
