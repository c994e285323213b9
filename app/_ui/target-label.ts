import { type Mix, rowOf, type Target } from '../../lib/mix';

const INSERT_NAMES = { reverb: 'Reverb', delay: 'Delay' } as const;

/** The full name of a control: "Kick Fader", "Kick Send to Room", "Room Reverb Decay". Empty where there is none. */
export function targetLabel(mix: Mix, target: Target): string {
  const row = rowOf(mix, target);
  if (!row) return '';
  if (target.on === 'strip') return `${mix.strips.get(target.id)?.name ?? ''} ${row.label}`;
  if (target.on === 'send') {
    const send = mix.sends.get(target.id);
    const name = (id: string | undefined) => (id === undefined ? '' : (mix.strips.get(id)?.name ?? ''));
    return `${name(send?.from)} ${row.label} to ${name(send?.to)}`;
  }
  const insert = mix.inserts.get(target.id);
  return insert ? `${mix.strips.get(insert.strip)?.name ?? ''} ${INSERT_NAMES[insert.type]} ${row.label}` : '';
}
