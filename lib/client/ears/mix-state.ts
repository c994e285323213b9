import type { Mix } from '../../mix';

/** Records become lists in the order of their keys: equal values give equal text, whatever their history. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => [key, ordered(one)]);
}

/** All in a mix that sounds. Names, colours, markers and the song's key are only seen. */
function soundingText({ strips, sends, inserts, automation, settings: { tempo, metre } }: Mix): string {
  const sounding = [...strips].map(([id, { name: _name, color: _color, ...strip }]) => [id, strip] as const);
  const maps = [new Map(sounding), sends, inserts, automation].map((map) => Object.fromEntries(map));
  return JSON.stringify(ordered([...maps, tempo, metre]));
}

const DIGITS = 16;

/** The state of a mix as 16 hexadecimal digits (of SHA-256): equal for mixes that sound alike, in every browser. */
export async function mixState(mix: Mix): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(soundingText(mix))));
  const digits = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.slice(0, DIGITS);
}
