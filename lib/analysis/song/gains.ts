import { laneValue, MASTER, type Mix, type Strip, type StripId, stripRow, stripValue } from '../../mix';
import { SILENCE_DB } from '../../units';
import { powerOf } from '../measure/bands';
import { LOUDNESS_STEP } from '../measure/strip-measure';

/** The fader's power gain at a moment, by its lane where one is read; nothing while the strip is muted. */
function faderPower(mix: Mix, strip: Strip, at: number): number {
  const value = (parameter: 'fader' | 'mute') => {
    const lane = mix.automation.get(`strip/${strip.id}/${parameter}`);
    const row = stripRow(parameter);
    const moved = lane?.read && row ? laneValue(row, lane.points, at) : undefined;
    return moved ?? stripValue(strip, parameter);
  };
  if (value('mute') >= 0.5) return 0;
  const level = value('fader');
  return level <= SILENCE_DB ? 0 : powerOf(level);
}

/** The strips whose faders act on a strip's way to the master, itself first: its VCAs, its group, theirs. */
function pathOf(mix: Mix, id: StripId): Strip[] {
  const path: Strip[] = [];
  for (let at = mix.strips.get(id); at && at.id !== MASTER; at = at.output ? mix.strips.get(at.output) : undefined) {
    if (path.includes(at)) break;
    path.push(at);
    for (const vca of at.vcas) {
      const strip = mix.strips.get(vca);
      if (strip) path.push(strip);
    }
  }
  return path;
}

/** Power gain of a strip on its way to the master at each step of 100 ms: faders, VCAs, groups and mutes, automation counted in. */
export function pathGains(mix: Mix, id: StripId, steps: number): Float64Array {
  const path = pathOf(mix, id);
  const gains = new Float64Array(steps).fill(1);
  for (const strip of path) {
    const still = !['fader', 'mute'].some((parameter) => mix.automation.get(`strip/${strip.id}/${parameter}`)?.read);
    const resting = still ? faderPower(mix, strip, 0) : 0;
    for (let step = 0; step < steps; step++) {
      gains[step] = (gains[step] as number) * (still ? resting : faderPower(mix, strip, (step + 0.5) * LOUDNESS_STEP));
    }
  }
  return gains;
}
