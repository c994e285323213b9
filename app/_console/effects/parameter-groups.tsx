'use client';

import { inMultiband, type ParameterRow, type Target } from '../../../lib/mix';
import { useValue } from '../../_session';
import { Choice, Knob, Toggle } from '../../_ui';

/** The right side's own note or time belongs to those of the left. */
const plain = (id: string) => (id.endsWith('.right') ? id.slice(0, -'.right'.length) : id);
const TIMING: readonly string[] = ['sync', 'note', 'rate', 'time', 'link'];

/** What belongs together: when it sways or repeats, rows whose ids begin alike ("eq.1.gain"), the rest, and the level at the end. */
function groupOf({ id }: ParameterRow): string {
  if (id === 'mix' || id === 'output') return 'output';
  if (TIMING.includes(plain(id))) return 'timing';
  return id.slice(0, Math.max(0, id.lastIndexOf('.')));
}

function grouped(rows: readonly ParameterRow[]): readonly (readonly ParameterRow[])[] {
  const groups = new Map<string, ParameterRow[]>();
  for (const row of rows) {
    const group = groups.get(groupOf(row));
    if (group) group.push(row);
    else groups.set(groupOf(row), [row]);
  }
  const last = groups.get('output');
  return [...[...groups].filter(([name]) => name !== 'output').map(([, group]) => group), ...(last ? [last] : [])];
}

const isKnob = (row: ParameterRow) => row.law !== 'switch' && row.law !== 'choice';

function Group({ rows, target }: { rows: readonly ParameterRow[]; target: (parameter: string) => Target }) {
  const switches = rows.filter((row) => row.law === 'switch');
  const choices = rows.filter((row) => row.law === 'choice');
  const knobs = rows.filter(isKnob);
  return (
    <div className="flex items-center gap-1.5 rounded-md border border-line bg-raised/40 px-1.5 py-1">
      {(switches.length > 0 || choices.length > 0) && (
        <div className="flex min-w-20 flex-col gap-1">
          {switches.map((row) => (
            <Toggle key={row.id} target={target(row.id)} className="!h-6 !px-2">
              {row.label}
            </Toggle>
          ))}
          {choices.map((row) => (
            <Choice key={row.id} target={target(row.id)} className="w-full" />
          ))}
        </div>
      )}
      {knobs.length > 0 && (
        <div className="flex flex-wrap">
          {knobs.map((row) => (
            <Knob key={row.id} target={target(row.id)} />
          ))}
        </div>
      )}
    </div>
  );
}

/**
 * Of what keeps to the tempo only the notes are shown, of what does not only the rate or times; of two sides alike only one; of
 * bands those there are.
 */
function useShown(rows: readonly ParameterRow[], target: (parameter: string) => Target): readonly ParameterRow[] {
  const synced = useValue(target('sync')) >= 0.5;
  const alike = useValue(target('link')) >= 0.5;
  const bands = useValue(target('bands'));
  const has = (id: string) => rows.some((row) => row.id === id);
  if (has('bands')) return rows.filter(({ id }) => inMultiband(id, bands));
  if (!has('sync')) return rows;
  return rows.filter(({ id }) => {
    if (alike && id.endsWith('.right')) return false;
    return plain(id) === 'note' ? synced : plain(id) === 'rate' || plain(id) === 'time' ? !synced : true;
  });
}

/** Parameters of a processor as controls, in groups that fit; from the table. */
export function ParameterGroups({ rows, target }: { rows: readonly ParameterRow[]; target: (parameter: string) => Target }) {
  const shown = useShown(rows, target);
  return (
    <div className="flex flex-wrap gap-1.5">
      {grouped(shown).map((group) => (
        <Group key={group[0]?.id} rows={group} target={target} />
      ))}
    </div>
  );
}
