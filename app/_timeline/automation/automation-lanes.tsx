'use client';

import { Grid3x3, Pencil } from 'lucide-react';
import {
  INSERT_ROWS,
  MASTER,
  type Mix,
  rowOf,
  SEND_ROWS,
  STRIP_ROWS,
  type StripId,
  stripRow,
  type Target,
  targetKey,
  targetOf,
} from '../../../lib/mix';
import { useMix, useSession, useStore } from '../../_session';
import { IconToggle } from '../../_shell/button';
import { targetLabel } from '../../_ui';
import { LaneEditor } from './lane-editor';
import { openLane, useOpenLanes } from './open-lanes';

/** As high as the row allows. */
const TOOL = '!h-6 !min-w-6 !px-1';

interface Choice {
  readonly key: string;
  readonly label: string;
}

/** Every control of a strip that lanes move, the fader first; those that have a lane are marked. */
function choicesOf(mix: Mix, id: StripId): readonly Choice[] {
  const strip = mix.strips.get(id);
  if (!strip) return [];
  const rows = STRIP_ROWS.filter((row) => stripRow(row.id, strip.kind)).sort((a, b) => Number(b.id === 'fader') - Number(a.id === 'fader'));
  const sends = [...mix.sends.values()].filter(({ from }) => from === id);
  const inserts = [...mix.inserts.values()].filter((insert) => insert.strip === id);
  const targets: Target[] = [
    ...rows.map((row): Target => ({ on: 'strip', id, parameter: row.id })),
    ...sends.flatMap((send) => SEND_ROWS.map((row): Target => ({ on: 'send', id: send.id, parameter: row.id }))),
    ...inserts.flatMap((insert) => INSERT_ROWS[insert.type].map((row): Target => ({ on: 'insert', id: insert.id, parameter: row.id }))),
  ];
  return targets
    .filter((target) => !rowOf(mix, target)?.fixed)
    .map((target) => {
      const key = targetKey(target);
      return { key, label: `${mix.automation.get(key)?.points.length ? '● ' : ''}${targetLabel(mix, target)}` };
    });
}

const sameChoices = (a: readonly Choice[], b: readonly Choice[]) =>
  a.length === b.length && a.every(({ key, label }, index) => key === b[index]?.key && label === b[index]?.label);

/** The lanes of automation that are open. */
export function AutomationLanes() {
  const keys = useOpenLanes((state) => state.keys);
  return (
    <section aria-label="Automation">
      {keys.map((key) => {
        const target = targetOf(key);
        return target && <LaneEditor key={key} target={target} />;
      })}
    </section>
  );
}

/** The way to open lanes, of the selected strip or of the first; below what scrolls, so that it is always in sight. */
export function AutomationBar() {
  const session = useSession();
  const selected = useStore(session.selected);
  const { keys, pencil, snap } = useOpenLanes();
  const choices = useMix((mix) => choicesOf(mix, selected ?? mix.strips.keys().next().value ?? MASTER), sameChoices);
  return (
    <div
      className="flex h-7 shrink-0 items-center gap-1 border-line border-t bg-bg px-2"
      onPointerDown={(event) => event.stopPropagation()}
    >
      <select
        aria-label="Open an automation lane"
        value=""
        className="h-6 max-w-56 rounded-sm bg-raised px-1 text-xs text-quiet hover:text-text"
        onChange={(event) => openLane(event.target.value)}
      >
        <option value="">+ Automation lane…</option>
        {choices.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
      {keys.length > 0 && (
        <>
          <IconToggle label="Draw freely" on={pencil} onChange={(on) => useOpenLanes.setState({ pencil: on })} className={TOOL}>
            <Pencil size={12} />
          </IconToggle>
          <IconToggle label="Points fall on beats" on={snap} onChange={(on) => useOpenLanes.setState({ snap: on })} className={TOOL}>
            <Grid3x3 size={12} />
          </IconToggle>
        </>
      )}
    </div>
  );
}
