'use client';

import type { Change } from '../../lib/mix';
import { useSession } from '../_session';
import { tell } from '../_shell/toasts';

/** Carries out a command's changes as one gesture, and says it when that was refused. */
export function useApply(): (changes: readonly Change[]) => void {
  const { desk } = useSession();
  return (changes) => {
    const done = changes.length > 0 ? desk.apply(changes) : null;
    if (done && !done.ok) tell({ level: 'warning', text: done.error });
  };
}
