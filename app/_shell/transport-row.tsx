'use client';

import { Pause, Play, Repeat, SkipBack, Volume2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useSession, useStore } from '../_session';
import { Button, IconButton, IconToggle } from './button';
import { whySilent } from './capabilities';
import { SameEars } from './ears';
import { FollowingChip } from './following';
import { Loudness } from './loudness';
import { Monitor } from './monitor';
import { listen, seek, toggleLoop, togglePlay } from './playback';
import { TimeDisplay } from './time-display';
import { Together } from './together';

/** Transport, listening, loudness. */
export function TransportRow() {
  return (
    <div role="toolbar" aria-label="Transport" className="flex h-12 shrink-0 items-center gap-2.5 border-line border-b bg-bg px-3">
      <TransportButtons />
      <TimeDisplay />
      <Together />
      <SameEars />
      <FollowingChip />
      <Listening />
      <span className="flex-1" />
      <Loudness />
      <Monitor />
    </div>
  );
}

export function TransportButtons({ tall = false }: { tall?: boolean }) {
  const session = useSession();
  const playing = useStore(session.transport.playing);
  const loop = useStore(session.transport.loop);
  const size = tall ? 'tall' : 'regular';
  return (
    <span className="flex items-center gap-1.5">
      <IconButton label="To the start" keys="Home" size={size} onPress={() => seek(session, 0)}>
        <SkipBack size={16} />
      </IconButton>
      <IconButton
        label={playing ? 'Stop' : 'Play'}
        keys="Space"
        size={size}
        look={playing ? 'primary' : 'plain'}
        data-testid="play"
        onPress={() => togglePlay(session)}
        className={tall ? '!w-14' : '!w-10'}
      >
        {playing ? <Pause size={16} fill="currentColor" /> : <Play size={16} fill="currentColor" />}
      </IconButton>
      <IconToggle label="Loop" keys="L" on={loop !== null} onChange={() => toggleLoop(session)} className={tall ? '!h-10 !min-w-11' : ''}>
        <Repeat size={16} />
      </IconToggle>
    </span>
  );
}

/** What stands between this person and the sound, with the way to it; nothing once it plays. */
export function Listening() {
  const session = useSession();
  const engine = useStore(session.engine.state);
  const playing = useStore(session.transport.playing);
  const waiting = useStore(session.engine.player.waiting);
  const length = useStore(session.engine.length);
  const [silent, setSilent] = useState<string | null>(null);
  useEffect(() => setSilent(whySilent()), []);

  if (silent)
    return (
      <span role="status" className="max-w-96 truncate text-solo text-xs" title={silent}>
        {silent}
      </span>
    );
  if (engine.state === 'failed')
    return (
      <Button look="danger" onPress={() => listen(session)} aria-label={`No sound: ${engine.why} Try again`}>
        <span className="max-w-72 truncate">{engine.why}</span> Try again
      </Button>
    );
  if (engine.state === 'starting') return <Note>starting the sound …</Note>;
  if (engine.state === 'idle' && playing)
    return (
      <Button look="primary" onPress={() => listen(session)} data-testid="join-in">
        <Volume2 size={14} /> Join in
      </Button>
    );
  if (engine.state === 'idle') return length > 0 ? <Note>Press play to hear</Note> : null;
  return waiting && playing ? <Note>waiting for the sound to arrive …</Note> : null;
}

function Note({ children }: { children: React.ReactNode }) {
  return (
    <span role="status" className="hidden truncate text-quiet text-sm md:inline">
      {children}
    </span>
  );
}
