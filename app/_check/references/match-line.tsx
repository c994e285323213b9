'use client';

import type { ReferenceMatch } from '../../../lib/client';
import { useSession, useStore } from '../../_session';
import { signed } from './figures';

function words(match: ReferenceMatch): string {
  if (match.state === 'off') return '';
  if (match.state === 'failed') return match.why;
  if (match.state === 'measuring') return 'Measuring how loud both are; until then the reference is kept soft.';
  const { mixGain, referenceGain } = match;
  const turned =
    referenceGain < mixGain ? `the reference is turned ${signed(referenceGain)} dB` : `the mix is turned ${signed(mixGain)} dB`;
  return `Equally loud: ${turned}. Only you hear this.`;
}

/** Whether mix and reference are equally loud, and what is done for it. */
export function MatchLine() {
  const { references } = useSession();
  const match = useStore(references.match);
  const late = useStore(references.late);
  return (
    <p role="status" className={`min-h-8 text-xs leading-4 ${match.state === 'failed' ? 'text-record' : 'text-quiet'}`}>
      {late ? 'The reference is on its way …' : words(match)}
    </p>
  );
}
