'use client';

import { useEffect, useRef, useState } from 'react';
import { ProgressBar } from 'react-aria-components';
import type { MixdownFormat, MixdownReport } from '../../lib/audio';
import { useSession, useStore } from '../_session';
import { Button } from './button';
import { whySilent } from './capabilities';
import { Dialog } from './dialog';
import { Choose } from './field';
import { sentence } from './toasts';
import { fileName, level, shortTime } from './words';

const FORMATS = [
  { value: '24', label: 'WAV 24 bit – for mastering and archives' },
  { value: '16', label: 'WAV 16 bit, dithered – for a CD or a quick listen' },
  { value: '32', label: 'WAV 32 bit float – for further work, cannot clip' },
] as const;
type FormatName = (typeof FORMATS)[number]['value'];
const FORMAT: Readonly<Record<FormatName, MixdownFormat>> = {
  '24': { bits: 24, dither: false },
  '16': { bits: 16, dither: true },
  '32': { bits: 32 },
};
const TAIL_SECONDS = 4;

type Work =
  | { readonly state: 'asking' }
  | { readonly state: 'rendering'; readonly done: number }
  | { readonly state: 'failed'; readonly why: string }
  | { readonly state: 'done'; readonly report: MixdownReport; readonly url: string };

/** Renders the mix to a file on this machine: choose, watch, cancel, keep. */
export function ExportDialog({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const session = useSession();
  const length = useStore(session.engine.length);
  const title = useStore(session.info).title;
  const [format, setFormat] = useState<FormatName>('24');
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
      const options = { format: FORMAT[format], tail: TAIL_SECONDS };
      const report = await session.engine.mixdown(options, (done) => setWork({ state: 'rendering', done }), controller.signal);
      const made = URL.createObjectURL(report.wav);
      setWork({ state: 'done', report, url: made });
      download(made, `${fileName(title)}.wav`);
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
    <Dialog title="Export a mixdown" isOpen={isOpen} onClose={close} dismissable={work.state !== 'rendering'}>
      {(work.state === 'asking' || work.state === 'failed') && (
        <div className="flex flex-col gap-4">
          <Choose label="Format" value={format} choices={FORMATS} onChange={setFormat} className="w-full" />
          <p className="text-quiet text-sm">
            {length > 0
              ? `The whole song, ${shortTime(length)}, and ${TAIL_SECONDS} seconds for echoes to ring out, at 48 kHz. Your solos and listening level are left out. It is made on this machine.`
              : 'There is nothing to export yet: the session has no stems that can play.'}
          </p>
          {silent && <p className="text-solo text-sm">{silent}</p>}
          {work.state === 'failed' && (
            <p role="alert" className="text-record text-sm">
              {work.why}
            </p>
          )}
          <Button look="primary" size="tall" isDisabled={length <= 0 || silent !== null} onPress={() => void render()}>
            Export
          </Button>
        </div>
      )}
      {work.state === 'rendering' && <Rendering done={work.done} onCancel={() => cancel.current?.abort()} />}
      {work.state === 'done' && <Done report={work.report} onSave={() => download(work.url, `${fileName(title)}.wav`)} onClose={close} />}
    </Dialog>
  );
}

function Rendering({ done, onCancel }: { done: number; onCancel(): void }) {
  return (
    <div className="flex flex-col gap-4">
      <ProgressBar aria-label="Mixdown" value={done * 100}>
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

function Done({ report, onSave, onClose }: { report: MixdownReport; onSave(): void; onClose(): void }) {
  const facts = [
    ['Integrated loudness', `${level(report.integrated)} LUFS`],
    ['True peak', `${level(report.truePeak)} dBTP`],
    ['Length', shortTime(report.seconds)],
    ['Size', `${(report.wav.size / 1e6).toFixed(1)} MB`],
  ] as const;
  return (
    <div className="flex flex-col gap-4" data-testid="mixdown-done">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{name}</dt>
            <dd className="text-right font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
      {report.truePeak > -1 && (
        <p className="text-solo text-sm">
          Peaks this high can distort once the file is made an MP3. The limiter’s ceiling on the master brings them down.
        </p>
      )}
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
