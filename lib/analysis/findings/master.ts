import { type Change, MASTER, setValue, stripValue } from '../../mix';
import type { Finding } from '../finding';
import type { Song } from '../song/song';
import type { LoudnessTarget } from '../target';
import { limited } from './numbers';
import { signed } from './words';

/** What leaves the desk, over the whole song: LUFS, LU, dBTP. */
export interface MasterMeasure {
  readonly integrated: number;
  readonly range: number;
  readonly truePeak: number;
}

/** Meters agree within this, dB. */
const METER = 0.1;

function louder({ mix }: Song, by: number): readonly Change[] {
  const master = mix.strips.get(MASTER);
  if (!master) return [];
  const set = (parameter: string, value: number) => setValue(mix, { on: 'strip', id: MASTER, parameter }, Math.round(10 * value) / 10);
  const gain = stripValue(master, 'limiter.gain');
  const limiter = limited(gain + by, 0, 24);
  const rest = gain + by - limiter;
  return [...set('limiter.on', 1), ...set('limiter.gain', limiter), ...(rest < 0 ? set('trim', stripValue(master, 'trim') + rest) : [])];
}

/** True peaks that go over what the target allows, and loudness that misses it. */
export function findMaster(song: Song, master: MasterMeasure, target: LoudnessTarget): Finding[] {
  const over = master.truePeak - target.truePeak;
  const headroom: Finding = {
    id: 'headroom',
    kind: 'headroom',
    strips: [],
    amount: over,
    measure: `True peaks reach ${signed(master.truePeak)} dBTP; ${target.name} allows ${signed(target.truePeak)} (${target.source}, ${target.date}).`,
    why: 'Peaks over the limit are clipped when the song is encoded, and that is heard as crackle.',
    fix: {
      words: `Master: limiter on, ceiling ${signed(target.truePeak)} dB`,
      changes: [
        ...setValue(song.mix, { on: 'strip', id: MASTER, parameter: 'limiter.on' }, 1),
        ...setValue(song.mix, { on: 'strip', id: MASTER, parameter: 'limiter.ceiling' }, target.truePeak),
      ],
    },
  };
  const off = master.integrated - target.integrated;
  const loudness: Finding = {
    id: 'loudness',
    kind: 'loudness',
    strips: [],
    amount: off,
    measure: `The mix is at ${signed(master.integrated)} LUFS; ${target.name} plays songs at ${signed(target.integrated)} (${target.source}, ${target.date}).`,
    why:
      off > 0
        ? 'A louder mix is only turned down there, and has given its dynamics away for nothing.'
        : 'A softer mix sounds small next to the songs around it.',
    fix: { words: `Master: ${signed(-off)} dB into the limiter`, changes: louder(song, -off) },
  };
  return [...(over > METER ? [headroom] : []), ...(Number.isFinite(off) && Math.abs(off) > target.tolerance ? [loudness] : [])];
}
