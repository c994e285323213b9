'use client';

import { Headphones } from 'lucide-react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { Listening } from '../../lib/audio';
import { useSession, useStore } from '../_session';
import { MonitorSettings } from './monitor-settings';
import { level } from './words';

const BANDS = { all: '', lows: 'lows', mids: 'mids', highs: 'highs' } as const;

/** What differs from plain listening, in a few words for the button: nobody should search for a forgotten switch. */
function alterations({ dim, mono, side, swap, invert, band, crossfeed }: Listening): readonly string[] {
  const words = [
    dim && 'dim',
    mono && 'mono',
    side && 'side',
    swap && 'swapped',
    invert && 'Ø left',
    BANDS[band],
    crossfeed !== 'off' && 'crossfeed',
  ];
  return words.filter((word): word is string => typeof word === 'string' && word !== '');
}

/** My own listening. Nobody else hears a difference, nor does a mixdown. */
export function Monitor() {
  const { monitor } = useSession().engine;
  const listening = useStore(monitor.listening);
  const mode = useStore(monitor.soloMode);
  const soloed = useStore(monitor.soloed).size > 0;
  const key = useStore(monitor.key) !== null;
  const words = alterations(listening);
  const altered = words.length > 0 || listening.level < 0;
  const alone = key ? 'key' : soloed && mode !== 'in place' ? (mode === 'after' ? 'AFL' : 'PFL') : null;
  return (
    <DialogTrigger>
      <AriaButton
        aria-label={`My listening: ${[`${level(listening.level)} dB`, ...words, alone].filter(Boolean).join(', ')}`}
        className={`inline-flex h-8 items-center gap-1.5 rounded-md border px-2.5 text-sm transition-colors data-[hovered]:bg-hover ${altered || alone ? 'border-solo/60 text-solo' : 'border-line bg-raised text-text'}`}
      >
        <Headphones size={14} />
        <span className="hidden xl:inline">{`${level(listening.level)} dB`}</span>
        {alone && <span>{alone}</span>}
        {words.length > 2 ? (
          <span title={words.join(', ')}>{`${words[0]} +${words.length - 1}`}</span>
        ) : (
          words.map((word) => <span key={word}>{word}</span>)
        )}
      </AriaButton>
      <Popover placement="bottom end" className="z-30 w-84 rounded-lg border border-line-strong bg-surface p-4 shadow-2xl">
        <Dialog aria-label="My listening" className="flex flex-col gap-3 outline-none">
          <p className="text-quiet text-xs">Only you hear these; the mix, its mixdown and the others stay as they are.</p>
          <MonitorSettings />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
