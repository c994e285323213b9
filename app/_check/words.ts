import type { Finding, FindingKind } from '../../lib/analysis';

/** What each kind of finding is called, and what it is when there is none of it. */
export const KIND_WORDS: Readonly<Record<FindingKind, { readonly title: string; readonly fine: string }>> = {
  clipping: { title: 'Clipped recording', fine: 'no clipped recordings' },
  polarity: { title: 'Turned round', fine: 'polarity' },
  offset: { title: 'Apart in time', fine: 'timing of microphones' },
  hum: { title: 'Hum', fine: 'no hum' },
  noise: { title: 'Noise', fine: 'no noise in pauses' },
  mud: { title: 'Mud', fine: 'low mids' },
  boom: { title: 'Booming notes', fine: 'even low notes' },
  resonance: { title: 'Ringing', fine: 'no rings in the highs' },
  sibilance: { title: 'Hissing esses', fine: 'esses' },
  uneven: { title: 'Uneven playing', fine: 'steady foundation' },
  jump: { title: 'Jumps out', fine: 'no moments that jump out' },
  section: { title: 'Sinks in a section', fine: 'leads hold through the sections' },
  balance: { title: 'Level', fine: 'balance' },
  masking: { title: 'Covered', fine: 'parts leave each other room' },
  dry: { title: 'No room around it', fine: 'space' },
  mono: { title: 'Lost in mono', fine: 'mono' },
  headroom: { title: 'Peaks too high', fine: 'true peaks' },
  loudness: { title: 'Loudness', fine: 'loudness' },
};

/** What a finding is called in a list: “Mud around 243 Hz”. */
export function titleOf({ kind, frequency, amount }: Finding): string {
  const { title } = KIND_WORDS[kind];
  if (kind === 'balance') return amount > 0 ? 'Too loud' : 'Too soft';
  if (kind === 'loudness') return amount > 0 ? 'Louder than wanted' : 'Softer than wanted';
  if (frequency === undefined) return title;
  const where = frequency < 1000 ? `${Math.round(frequency)} Hz` : `${(frequency / 1000).toFixed(1)} kHz`;
  return kind === 'hum' ? `${title} at ${where}` : `${title} around ${where}`;
}

/** m:ss. */
export function moment(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
