'use client';

import { ChevronDown, Mic } from 'lucide-react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover, Tooltip, TooltipTrigger } from 'react-aria-components';
import { may } from '../../lib/access';
import type { OwnVoice } from '../../lib/client';
import { useSession, useStore } from '../_session';
import { holderOf } from './holders';
import { TalkSettings } from './talk-settings';
import { VoiceLevel } from './voice-level';

const NAMES: Readonly<Record<OwnVoice, string>> = {
  silent: 'Talk: hold to talk, tap to stay on',
  opening: 'Talk: opening the microphone',
  speaking: 'Talk: the others hear you',
};
const LOOKS: Readonly<Record<OwnVoice, string>> = {
  silent: 'border-line bg-raised text-text data-[hovered]:bg-hover',
  opening: 'border-line-strong bg-hover text-quiet',
  speaking: 'border-ok bg-ok/20 font-semibold text-ok',
};

/** Hold to talk, tap to stay on; beside it the microphone and by how much the music gives way. */
export function TalkButton({ tall = false }: { tall?: boolean }) {
  const session = useSession();
  const { voices } = session;
  const role = useStore(session.role);
  const own = useStore(voices.own);
  if (!may(role, 'talk') || !voices.possible) return null;
  const holder = holderOf(session);
  return (
    <span className="flex shrink-0">
      <TooltipTrigger delay={500} closeDelay={50}>
        <AriaButton
          aria-label={NAMES[own]}
          aria-pressed={own !== 'silent'}
          data-testid="talk"
          data-voice={own}
          onPressStart={() => holder.press()}
          onPressEnd={() => holder.release()}
          className={`inline-flex touch-none select-none items-center gap-1.5 rounded-l-md border text-sm transition-colors ${LOOKS[own]} ${tall ? 'h-10 px-3' : 'h-8 px-2.5'}`}
        >
          {own === 'speaking' ? <VoiceLevel /> : <Mic size={14} />}
          {tall ? null : 'Talk'}
        </AriaButton>
        <Tooltip offset={6} className="z-50 rounded-md border border-line-strong bg-raised px-2 py-1 text-xs text-text shadow-lg">
          Hold to talk, tap to stay on
          <kbd className="ml-2 rounded-sm border border-line-strong px-1 font-sans text-2xs text-quiet">T</kbd>
        </Tooltip>
      </TooltipTrigger>
      <DialogTrigger>
        <AriaButton
          aria-label="Microphone and music while somebody talks"
          className={`-ml-px grid place-items-center rounded-r-md border border-line bg-raised text-quiet transition-colors data-[hovered]:bg-hover ${tall ? 'h-10 w-7' : 'h-8 w-6'}`}
        >
          <ChevronDown size={12} />
        </AriaButton>
        <Popover
          placement={tall ? 'top' : 'bottom end'}
          className="z-30 w-80 rounded-lg border border-line-strong bg-surface p-4 shadow-2xl"
        >
          <Dialog aria-label="Talking" className="flex flex-col gap-4 outline-none">
            <TalkSettings />
          </Dialog>
        </Popover>
      </DialogTrigger>
    </span>
  );
}
