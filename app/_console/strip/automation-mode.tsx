'use client';

import type { WritingMode } from '../../../lib/client';
import { type Lane, leads, type Mix, readLane, type Strip } from '../../../lib/mix';
import { useMix, useSession, useStore } from '../../_session';
import { useApply } from '../use-apply';

const MODES: readonly { readonly value: WritingMode | 'off'; readonly label: string }[] = [
  { value: 'off', label: 'Off' },
  { value: 'read', label: 'Read' },
  { value: 'touch', label: 'Touch' },
  { value: 'latch', label: 'Latch' },
  { value: 'write', label: 'Write' },
];

/** The lanes of a strip's controls, of its sends and of its inserts. */
function lanesOf(mix: Mix, strip: Strip): readonly Lane[] {
  return [...mix.automation.values()].filter(({ target, points }) => {
    if (points.length === 0) return false;
    if (target.on === 'strip') return target.id === strip.id;
    return target.on === 'send' ? target.id.startsWith(`${strip.id}>`) : mix.inserts.get(target.id)?.strip === strip.id;
  });
}

/** How the strip's automation works: off for everybody, or read and written by this page as chosen. */
export function AutomationMode({ strip }: { strip: Strip }) {
  const { desk } = useSession();
  const writable = useStore(desk.writable);
  const writing = useStore(desk.writingMode(strip.id));
  const state = useMix((mix) => {
    const lanes = lanesOf(mix, strip);
    return lanes.length === 0 ? 'none' : lanes.some(leads) ? 'led' : 'off';
  });
  const apply = useApply();
  const mode = state === 'off' && writing === 'read' ? 'off' : writing;
  const change = (next: WritingMode | 'off') => {
    const mix = desk.mix.get();
    desk.setWritingMode(strip.id, next === 'off' ? 'read' : next);
    if (next === 'off' || state === 'off') apply(lanesOf(mix, strip).flatMap((lane) => readLane(mix, lane.target, next !== 'off')));
  };
  const look = mode !== 'read' && mode !== 'off' ? 'bg-record text-bg' : state === 'led' ? 'bg-raised text-accent' : 'bg-raised text-quiet';
  return (
    <select
      aria-label={`Automation of ${strip.name}`}
      title="Automation. Touch writes while your hand is on a control, Latch on until the song stops, Write over all lanes of the strip. Off counts for everybody."
      value={mode}
      disabled={!writable}
      className={`mx-1 mb-1 h-4 shrink-0 appearance-none rounded-sm text-center text-2xs ${look}`}
      onChange={({ target }) => {
        const chosen = MODES.find(({ value }) => value === target.value);
        if (chosen) change(chosen.value);
      }}
    >
      {MODES.map(({ value, label }) => (
        <option key={value} value={value} disabled={value === 'off' && state === 'none'}>
          {value === 'read' ? 'A read' : `A ${label.toLowerCase()}`}
        </option>
      ))}
    </select>
  );
}
