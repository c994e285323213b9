import { INSERT_NAMES, type Mix, rowOf, type Target } from '../../lib/mix';

/** The full name of a control: "Kick Fader", "Kick Send to Room", "Room Reverb Decay". Empty where there is none. */
export function targetLabel(mix: Mix, target: Target): string {
  const row = rowOf(mix, target);
  if (!row) return '';
  if (target.on === 'strip') return `${mix.strips.get(target.id)?.name ?? ''} ${row.label}`;
  if (target.on === 'send') {
    // The two ends are in the id, so that a send that is not yet there has a name too.
    const [from = '', to = ''] = target.id.split('>');
    const name = (id: string) => mix.strips.get(id)?.name ?? '';
    const what = target.parameter === 'level' ? row.label : `${row.label} send`;
    return `${name(from)} ${what} to ${name(to)}`;
  }
  const insert = mix.inserts.get(target.id);
  return insert ? `${mix.strips.get(insert.strip)?.name ?? ''} ${INSERT_NAMES[insert.type]} ${row.label}` : '';
}
