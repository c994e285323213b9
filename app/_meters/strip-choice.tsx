'use client';

import type { StripId } from '../../lib/mix';
import { sameList } from '../_console/row';
import { useMix } from '../_session';

/** One of the strips that sound, by name. */
export function StripChoice(props: { label: string; value: StripId | null; none?: string; onChoose: (strip: StripId | null) => void }) {
  const strips = useMix((mix) => [...mix.strips.values()].filter(({ kind }) => kind !== 'vca'), sameList);
  return (
    <select
      aria-label={props.label}
      className="h-6 w-full truncate rounded-sm border border-line bg-raised px-1 text-2xs text-text hover:bg-hover"
      value={props.value ?? ''}
      onChange={(event) => props.onChoose(event.currentTarget.value || null)}
    >
      {props.none !== undefined && <option value="">{props.none}</option>}
      {strips.map(({ id, name, kind }) => (
        <option key={id} value={id}>
          {kind === 'master' ? 'The mix' : name}
        </option>
      ))}
    </select>
  );
}
