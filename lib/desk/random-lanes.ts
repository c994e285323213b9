import type { ParameterRow } from '../mix';
import type { Chance } from './chance';
import type { Operation, ValueOwner } from './operation';
import type { Rig } from './rig';

const MOST_POINTS = 12;
/** A lane drawn anew is laid down beside the last ones, which the desk may still be reading. */
const TABLES = 8;
const POINT_BYTES = 16;
const CURVES = 3;

/** A control of the console. */
export interface Control {
  readonly on: ValueOwner;
  readonly slot: number;
  readonly parameter: number;
  readonly row: ParameterRow;
}

/** Lanes on some controls, with points that a seed chooses: ramps, steps, S-curves, several points at one moment. */
export class RandomLanes {
  private readonly tables: number[];
  private drawn = 0;

  constructor(
    private readonly rig: Rig,
    private readonly chance: Chance,
    private readonly controls: readonly Control[],
    /** Frames of the song. */
    private readonly length: number,
  ) {
    this.tables = controls.map(() => rig.desk.heap.allocate(TABLES * MOST_POINTS * POINT_BYTES));
  }

  get count(): number {
    return this.controls.length;
  }

  /** A lane drawn, or drawn anew. */
  draw(number: number, remote = false): Operation {
    const control = this.controls[number];
    const tables = this.tables[number];
    if (!control || tables === undefined) throw new Error(`There is no lane ${number}.`);
    const { on, slot, parameter, row } = control;
    const address = tables + (this.drawn++ % TABLES) * MOST_POINTS * POINT_BYTES;
    const moments = Array.from({ length: 1 + this.chance.below(MOST_POINTS) }, () => this.chance.below(this.length)).sort((a, b) => a - b);
    const view = new DataView(this.rig.desk.memory.buffer, address, MOST_POINTS * POINT_BYTES);
    moments.forEach((moment, index) => {
      // Some fall on the moment of the one before: a step.
      const at = this.chance.often(0.2) ? (moments[index - 1] ?? moment) : moment;
      moments[index] = at;
      view.setInt32(POINT_BYTES * index, at, true);
      view.setInt32(POINT_BYTES * index + 4, this.chance.below(CURVES), true);
      view.setFloat64(POINT_BYTES * index + 8, this.chance.valueOf(row), true);
    });
    return { do: 'lane', lane: number, on, slot, parameter, address, count: moments.length, remote };
  }
}
