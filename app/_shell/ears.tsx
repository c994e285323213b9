'use client';

import { Check, EarOff } from 'lucide-react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { PersonEars } from '../../lib/client';
import { useMix, useSession, useStore } from '../_session';
import { deviceWords, earsGlance, earsSentences } from './ears-words';
import { Face } from './face';

/** Whether all who are here hear the same; a click says who does not, and why. */
export function SameEars() {
  const list = useStore(useSession().ears);
  const { same, text, short } = earsGlance(list);
  return (
    <DialogTrigger>
      <AriaButton
        data-testid="same-ears"
        data-same={same}
        aria-label={same ? `${text}: who hears what` : `${text}: who, and why`}
        className={`inline-flex h-8 shrink-0 items-center gap-1.5 rounded-md border px-2.5 text-sm whitespace-nowrap transition-colors data-[hovered]:bg-hover ${same ? 'border-line bg-raised text-text' : 'border-solo/60 text-solo'}`}
      >
        {same ? <Check size={14} className="text-ok" /> : <EarOff size={14} />}
        <span className="hidden max-w-56 truncate xl:inline">{text}</span>
        {short && <span className="max-w-24 truncate xl:hidden">{short}</span>}
      </AriaButton>
      <span role="status" className="sr-only">
        {same ? '' : text}
      </span>
      <Popover
        placement="bottom start"
        className="z-30 w-96 max-w-[calc(100vw-1.5rem)] rounded-lg border border-line-strong bg-surface p-4 shadow-2xl"
      >
        <Dialog aria-label="Same ears" className="flex max-h-[60vh] flex-col gap-3 overflow-y-auto outline-none">
          <p className="text-quiet text-xs">
            Each browser renders the mix itself. While the song rests they compare two seconds of it, sample by sample.
          </p>
          <ul className="flex flex-col gap-2.5">
            {list.map((one) => (
              <Row key={one.person.client} one={one} />
            ))}
          </ul>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Row({ one }: { one: PersonEars }) {
  // As one text: the sentences are made anew with every look at the mix.
  const text = useMix((mix) => earsSentences(mix, one).join('\n'));
  const device = deviceWords(one);
  return (
    <li className="flex items-start gap-2.5">
      <Face user={one.person.user} size="small" className="mt-0.5" />
      <span className="min-w-0 flex-1">
        {text.split('\n').map((sentence) => (
          <span key={sentence} className={`block break-words text-sm ${one.findings.length > 0 ? 'text-solo' : ''}`}>
            {sentence}
          </span>
        ))}
        {device && <span className="block text-quiet text-xs">{device}</span>}
      </span>
    </li>
  );
}
