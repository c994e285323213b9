'use client';

import type { ParameterRow, Target } from '../../../lib/mix';
import { useValue } from '../../_session';
import { Choice, Knob, Toggle } from '../../_ui';

/** What belongs together: rows whose ids begin alike ("low.gain"), those that make it sway, the rest, and the level at the end. */
function groupOf({ id }: ParameterRow): string {
  if (id === 'mix' || id === 'output') return 'output';
  if (['sync', 'note', 'rate', 'time', 'link', 'note.right', 'time.right'].includes(id)) return 'time';
  return id.includes('.') ? (id.split('.')[0] ?? '') : '';
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

/** Of what keeps to the tempo only the note is shown, of what does not only the rate or time; of the right side nothing while it is as the left. */
function useShown(rows: readonly ParameterRow[], target: (parameter: string) => Target): readonly ParameterRow[] {
  const synced = useValue(target('sync')) >= 0.5;
  const linked = useValue(target('link')) >= 0.5;
  if (!rows.some((row) => row.id === 'sync')) return rows;
  const hidden = new Set(synced ? ['rate', 'time', 'time.right'] : ['note', 'note.right']);
  if (linked) for (const id of ['note.right', 'time.right']) hidden.add(id);
  return rows.filter((row) => !hidden.has(row.id));
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
