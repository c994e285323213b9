import { type Change, EQ_BANDS, type Mix, type StripId, setValue, stripValue } from '../../mix';
import type { Bell, Fix } from '../finding';

/** The band that does nothing yet and rests nearest to a frequency; null where all are in use. */
function freeBand(mix: Mix, id: StripId, freq: number, taken: ReadonlySet<number>): number | null {
  const strip = mix.strips.get(id);
  if (!strip) return null;
  const of = (band: number, name: string) => stripValue(strip, `eq.${band}.${name}`);
  const free = Array.from({ length: EQ_BANDS }, (_, n) => n + 1).filter(
    (band) => !taken.has(band) && of(band, 'gain') === 0 && of(band, 'type') !== 3 && of(band, 'type') !== 4,
  );
  const away = (band: number) => Math.abs(Math.log2(of(band, 'freq') / freq));
  return free.sort((a, b) => away(a) - away(b))[0] ?? null;
}

/** Lays bells into bands of the strip's own equaliser that are free; empty where there is none for one of them. */
export function equalise(mix: Mix, id: StripId, bells: readonly Bell[]): readonly Change[] {
  const taken = new Set<number>();
  const changes: Change[] = [];
  const set = (parameter: string, value: number) => changes.push(...setValue(mix, { on: 'strip', id, parameter }, value));
  for (const { freq, gain, q } of bells) {
    const band = freeBand(mix, id, freq, taken);
    if (band === null) return [];
    taken.add(band);
    for (const [name, value] of Object.entries({ on: 1, type: 0, freq, gain, q })) set(`eq.${band}.${name}`, value);
  }
  set('eq.on', 1);
  return changes;
}

/** The same as a fix; null where no band is free. */
export function equalising(mix: Mix, id: StripId, bells: readonly Bell[], words: string): Fix | null {
  const changes = equalise(mix, id, bells);
  return changes.length ? { words, changes, bells } : null;
}
