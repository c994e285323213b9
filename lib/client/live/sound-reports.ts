import type { Engine } from '../../audio';
import type { SoundReport } from '../../protocol';
import type { Scope } from '../../std';

const EVERY_MS = 30_000;
/** The most that one report may say; the rest goes into the next. */
const MOST = 10_000;

export interface SoundReportsParts {
  readonly engine: Pick<Engine, 'underruns'> & { readonly player: Pick<Engine['player'], 'corrections'> };
  /** False when it could not be sent. */
  readonly send: (report: SoundReport) => boolean;
  readonly scope: Scope;
}

/** Tells the service twice a minute what went wrong in this page's sound, and nothing while all is well. */
export function reportSound({ engine, send, scope }: SoundReportsParts): void {
  const told = { underruns: 0, moves: 0 };
  scope.every(EVERY_MS, () => {
    const underruns = Math.min(MOST, engine.underruns.get() - told.underruns);
    const moves = Math.min(MOST, engine.player.corrections.get() - told.moves);
    if (underruns + moves === 0 || !send({ underruns, moves })) return;
    told.underruns += underruns;
    told.moves += moves;
  });
}
