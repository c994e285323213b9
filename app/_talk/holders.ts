'use client';

import type { OpenSession } from '../../lib/client';
import { tell } from '../_shell/toasts';
import { HoldToTalk } from './hold-to-talk';

const holders = new WeakMap<OpenSession, HoldToTalk>();

/** The one holder of a session's voice: key and buttons press the same. */
export function holderOf(session: OpenSession): HoldToTalk {
  const known = holders.get(session);
  if (known) return known;
  const holder = new HoldToTalk({
    voices: session.voices,
    refused: (text) => tell({ level: 'warning', text }),
    now: () => performance.now(),
  });
  holders.set(session, holder);
  return holder;
}
