import type { Mix } from '../../mix';

export interface Section {
  readonly name: string;
  /** Seconds. */
  readonly from: number;
  readonly until: number;
}

const SHORTEST = 4;

/** The song's sections by its markers; the whole song as one where there are none. */
export function sectionsOf(mix: Mix, seconds: number): readonly Section[] {
  const marks = [...mix.markers.values()].filter(({ kind, at }) => kind === 'section' && at < seconds).sort((a, b) => a.at - b.at);
  const found = marks.map(({ name, at }, n) => ({ name, from: at, until: marks[n + 1]?.at ?? seconds }));
  const long = found.filter(({ from, until }) => until - from >= SHORTEST);
  return long.length ? long : [{ name: 'Song', from: 0, until: seconds }];
}
