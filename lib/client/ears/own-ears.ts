import type { Engine, Listening } from '../../audio';
import { type Ears, type ListeningWay, NAMED_LACKS } from '../../protocol';
import type { SaveState } from '../types';
import { Recent } from './recent';

/** The parts of the sound that are told of. */
export type ToldEngine = Pick<Engine, 'state' | 'hearing' | 'underruns'> & {
  readonly player: Pick<Engine['player'], 'corrections'>;
  readonly monitor: Pick<Engine['monitor'], 'soloed' | 'soloMode' | 'key' | 'listening'>;
  readonly outputs: Pick<Engine['outputs'], 'nudge'>;
};

/** A latency that jitters by less is told as it was. */
const LATENCY_STEP_MS = 5;
const LONGEST_NUDGE_MS = 1000;
const SOLO_WAYS = { 'in place': 'solo', after: 'after fader', before: 'before fader' } as const;

function waysOf({ mono, side, swap, invert, band, crossfeed }: Listening): ListeningWay[] {
  const ways: (ListeningWay | false)[] = [
    mono && 'mono',
    side && 'side',
    swap && 'swapped',
    invert && 'inverted',
    band !== 'all' && band,
    crossfeed !== 'off' && 'crossfeed',
  ];
  return ways.filter((way) => way !== false);
}

/** Reads what this page really plays, as it is told to the others. */
export class OwnEars {
  private readonly gaps: Recent;
  private readonly moves: Recent;
  private latency = 0;

  constructor(private readonly engine: ToldEngine) {
    this.gaps = new Recent(engine.underruns.get());
    this.moves = new Recent(engine.player.corrections.get());
  }

  /** `now` in milliseconds; what is heard as the report has it, `own` for another mix than the shared one. */
  read(now: number, saved: SaveState, heard: Pick<Ears, 'mix' | 'print'> | 'own'): Ears {
    const { state, underruns, player, monitor, outputs } = this.engine;
    const { stems, lacks, effects, rate, latency } = this.engine.hearing();
    if (Math.abs(latency - this.latency) >= LATENCY_STEP_MS) this.latency = latency;
    const soloed = monitor.soloed.get().size > 0;
    return {
      sound: state.get().state === 'running' ? 'on' : state.get().state === 'failed' ? 'failed' : 'off',
      stems,
      lacking: lacks.size,
      lacks: [...lacks].slice(0, NAMED_LACKS).map(([stem, why]) => ({ stem, why })),
      effects,
      rate,
      latency: this.latency,
      nudge: Math.max(-LONGEST_NUDGE_MS, Math.min(LONGEST_NUDGE_MS, outputs.nudge.get())),
      gaps: this.gaps.look(underruns.get(), now),
      moved: this.moves.look(player.corrections.get(), now),
      ways: [
        ...(heard === 'own' ? (['own mix'] as const) : []),
        ...(monitor.key.get() ? (['key'] as const) : soloed ? [SOLO_WAYS[monitor.soloMode.get()]] : []),
        ...waysOf(monitor.listening.get()),
      ],
      unsaved: saved.state === 'saved' ? 0 : saved.kept,
      ...(heard === 'own' ? { mix: null, print: null } : heard),
    };
  }
}
