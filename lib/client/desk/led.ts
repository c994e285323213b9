import { laneValue, leads, type Mix, rowOf, type Target, targetKey } from '../../mix';

/** Which controls lanes move, where they have them, and whose a hand's value is there: the mix's, the lane's or nobody's. */
export class Led {
  private looked = Number.NaN;

  constructor(
    private readonly mix: () => Mix,
    /** The song's position as heard, seconds. */
    private readonly position: () => number,
    /** Whether a hand on the control writes its lane now. */
    private readonly records: (target: Target) => boolean,
  ) {}

  /** Where the lane has the control now; null where none moves it. */
  at(key: string, target: Target): number | null {
    const mix = this.mix();
    const lane = mix.automation.get(key);
    const row = leads(lane) ? rowOf(mix, target) : undefined;
    return (row && lane && laneValue(row, lane.points, this.position())) ?? null;
  }

  /** Whether a lane moves the control and no hand may write it. */
  follows(target: Target): boolean {
    return this.moves(targetKey(target)) && !this.records(target);
  }

  /** Whether a hand's value is kept as the one the control stands at. */
  keeps(target: Target): boolean {
    return !this.records(target) && !this.moves(targetKey(target));
  }

  /** Those of `keys` that lanes have moved since this was last asked. */
  moved(keys: Iterable<string>): string[] {
    const at = this.position();
    if (at === this.looked) return [];
    this.looked = at;
    return [...keys].filter((key) => this.moves(key));
  }

  private moves(key: string): boolean {
    return leads(this.mix().automation.get(key));
  }
}
