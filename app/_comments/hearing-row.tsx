'use client';

import type { CommentHearing } from '../../lib/client';
import { useSession, useStore } from '../_session';
import { Button } from '../_shell/button';

const WORDS = { suggestion: 'Suggested', 'as it was': 'Then' } as const;

/** While I alone hear something else than the mix: switching between the two, and back. */
export function HearingRow({ hearing }: { hearing: CommentHearing }) {
  const { comments, audition } = useSession();
  const match = useStore(audition.match);
  const choice = (on: boolean, label: string) => (
    <button
      type="button"
      aria-pressed={hearing.on === on}
      onClick={() => comments.switchHearing(on)}
      className={`h-6 rounded-sm px-2 text-xs ${hearing.on === on ? 'bg-accent font-semibold text-on-accent' : 'text-quiet hover:text-text'}`}
    >
      {label}
    </button>
  );
  return (
    <fieldset className="mt-2 rounded-md border border-accent/60 p-1.5" aria-label="Only you hear this">
      <div className="flex items-center gap-1">
        {choice(true, WORDS[hearing.what])}
        {choice(false, 'Now')}
        <span className="flex-1" />
        <Button size="small" onPress={() => comments.endHearing()}>
          Done
        </Button>
      </div>
      <p className="mt-1 px-0.5 text-quiet text-xs" role="status">
        Only you hear this. {match.state === 'measuring' && `Matching the loudness … ${Math.round(match.done * 100)} %`}
        {match.state === 'matched' && 'Both are equally loud.'}
        {match.state === 'failed' && `The loudness could not be matched: ${match.why}`}
      </p>
    </fieldset>
  );
}
