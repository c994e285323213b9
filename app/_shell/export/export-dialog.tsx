'use client';

import { useEffect, useRef, useState } from 'react';
import { ProgressBar } from 'react-aria-components';
import { useSession, useStore } from '../../_session';
import { Button } from '../button';
import { whySilent } from '../capabilities';
import { Dialog } from '../dialog';
import { sentence } from '../toasts';
import { count, level, shortTime } from '../words';
import { type Choices, FIRST_CHOICES, stretchOf } from './choices';
import { ExportForm } from './export-form';
import { type Exported, makeExport, shortOfGoal } from './make-export';

type Work =
  | { readonly state: 'asking' }
  | { readonly state: 'rendering'; readonly done: number }
  | { readonly state: 'failed'; readonly why: string }
  | { readonly state: 'done'; readonly exported: Exported; readonly url: string };

/** Renders the mix, or its strips, to a file on this machine: choose, watch, cancel, keep. */
export function ExportDialog({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const session = useSession();
  const length = useStore(session.engine.length);
  const loop = useStore(session.transport.loop);
  const title = useStore(session.info).title;
  const [choices, setChoices] = useState<Choices>(FIRST_CHOICES);
  const [work, setWork] = useState<Work>({ state: 'asking' });
  const cancel = useRef<AbortController | null>(null);
  useEffect(() => () => cancel.current?.abort(), []);
  const url = work.state === 'done' ? work.url : null;
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);

  const render = async () => {
    const controller = new AbortController();
    cancel.current = controller;
    setWork({ state: 'rendering', done: 0 });
    try {
      const from = { engine: session.engine, title, loop };
      const exported = await makeExport(from, choices, (done) => setWork({ state: 'rendering', done }), controller.signal);
      const made = URL.createObjectURL(exported.file);
      setWork({ state: 'done', exported, url: made });
      download(made, exported.name);
    } catch (problem) {
      setWork(controller.signal.aborted ? { state: 'asking' } : { state: 'failed', why: sentence(problem) });
    }
  };
  const close = () => {
    if (work.state === 'rendering') return;
    setWork({ state: 'asking' });
    onClose();
  };
  const silent = isOpen ? whySilent() : null;
  return (
    <Dialog title="Export" isOpen={isOpen} onClose={close} dismissable={work.state !== 'rendering'}>
      {(work.state === 'asking' || work.state === 'failed') && (
        <div className="flex flex-col gap-4">
          <ExportForm choices={choices} onChange={setChoices} length={length} loop={loop} />
          {silent && <p className="text-solo text-sm">{silent}</p>}
          {work.state === 'failed' && (
            <p role="alert" className="text-record text-sm">
              {work.why}
            </p>
          )}
          <Button
            look="primary"
            size="tall"
            isDisabled={length <= 0 || silent !== null || stretchOf(choices, loop, length).why !== undefined}
            onPress={() => void render()}
          >
            Export
          </Button>
        </div>
      )}
      {work.state === 'rendering' && <Rendering done={work.done} onCancel={() => cancel.current?.abort()} />}
      {work.state === 'done' && <Done exported={work.exported} onSave={() => download(work.url, work.exported.name)} onClose={close} />}
    </Dialog>
  );
}

function Rendering({ done, onCancel }: { done: number; onCancel(): void }) {
  return (
    <div className="flex flex-col gap-4">
      <ProgressBar aria-label="Export" value={done * 100}>
        {({ percentage = 0, valueText }) => (
          <>
            <div className="mb-2 flex justify-between">
              <span>Mixing down …</span>
              <span className="text-quiet">{valueText}</span>
            </div>
            <div className="h-2 overflow-hidden rounded-full bg-hover">
              <div className="h-full bg-accent" style={{ width: `${percentage}%` }} />
            </div>
          </>
        )}
      </ProgressBar>
      <p className="text-quiet text-sm">It is made on this machine, from the same stems and settings that you hear. Nothing is sent.</p>
      <Button onPress={onCancel}>Cancel</Button>
    </div>
  );
}

function facts({ levels, seconds, file, files }: Exported): readonly (readonly [string, string])[] {
  const size = ['Size', `${(file.size / 1e6).toFixed(1)} MB`] as const;
  const length = ['Length', shortTime(seconds)] as const;
  if (!levels) return [['Files', count(files, 'file', 'files')], length, size];
  const gain = levels.gain === 0 ? [] : ([['Brought there by', `${level(levels.gain)} dB`]] as const);
  return [
    ['Integrated loudness', `${level(levels.integrated)} LUFS`],
    ['True peak', `${level(levels.truePeak)} dBTP`],
    ...gain,
    length,
    size,
  ];
}

function Done({ exported, onSave, onClose }: { exported: Exported; onSave(): void; onClose(): void }) {
  const short = shortOfGoal(exported);
  return (
    <div className="flex flex-col gap-4" data-testid="mixdown-done">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2">
        {facts(exported).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{name}</dt>
            <dd className="text-right font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
      {exported.levels && exported.levels.truePeak > -0.95 && (
        <p className="text-solo text-sm">
          Peaks this high can distort once the file is made an MP3. The limiter’s ceiling on the master brings them down.
        </p>
      )}
      {short && <p className="text-solo text-sm">{short}</p>}
      <div className="flex justify-end gap-2">
        <Button onPress={onSave}>Save again</Button>
        <Button look="primary" onPress={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}

function download(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
