'use client';

import { resetProcessor, type Strip } from '../../../lib/mix';
import { useMix, useSession, useStore } from '../../_session';
import { useApply } from '../use-apply';

/** Puts one processor of a strip back to where it began; out of reach where there is nothing to put back. */
export function ResetButton({ strip, processor, name }: { strip: Strip; processor: string; name: string }) {
  const { desk } = useSession();
  const apply = useApply();
  const writable = useStore(desk.writable);
  const untouched = useMix((mix) => resetProcessor(mix, strip.id, processor).length === 0);
  return (
    <button
      type="button"
      aria-label={`Reset ${name} of ${strip.name}`}
      disabled={!writable || untouched}
      className="h-6 rounded-sm text-2xs text-quiet hover:bg-hover hover:text-text disabled:opacity-40 disabled:hover:bg-transparent disabled:hover:text-quiet"
      onClick={() => apply(resetProcessor(desk.mix.get(), strip.id, processor))}
    >
      Reset
    </button>
  );
}
