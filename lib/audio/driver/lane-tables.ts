import type { Desk } from '../../desk';
import { CURVES, type LanePoint } from '../../mix';
import { SAMPLE_RATE } from '../../units';

const POINT_BYTES = 16;
/** The last frame that the desk can count to: 12 hours of a song. */
const LAST_FRAME = 2 ** 31 - 1;

/** The points of lanes in the desk's memory. A table is given back once the desk has taken the one in its place. */
export class LaneTables {
  private readonly tables = new Map<number, number>();
  private replaced: number[] = [];
  private leaving: { readonly ticket: number; readonly addresses: readonly number[] }[] = [];

  constructor(
    private readonly desk: Desk,
    /** Null where there is no memory. */
    private readonly allocate: (bytes: number) => number | null,
  ) {}

  /** Lays a lane's points down; their address, 0 for no points, null where there is no memory. */
  lay(lane: number, points: readonly LanePoint[]): number | null {
    const address = points.length === 0 ? 0 : this.allocate(POINT_BYTES * points.length);
    if (address === null) return null;
    const before = this.tables.get(lane);
    if (before !== undefined) this.replaced.push(before);
    this.tables.delete(lane);
    if (address === 0) return 0;
    const view = new DataView(this.desk.memory.buffer, address, POINT_BYTES * points.length);
    points.forEach(({ at, value, curve }, index) => {
      view.setInt32(POINT_BYTES * index, Math.min(LAST_FRAME, Math.round(at * SAMPLE_RATE)), true);
      view.setInt32(POINT_BYTES * index + 4, CURVES.indexOf(curve), true);
      view.setFloat64(POINT_BYTES * index + 8, value, true);
    });
    this.tables.set(lane, address);
    return address;
  }

  /** What was laid down since has been written to the desk under `ticket`. */
  written(ticket: number): void {
    if (this.replaced.length > 0) this.leaving.push({ ticket, addresses: this.replaced });
    this.replaced = [];
  }

  /** Gives back what the desk no longer reads. */
  freeLeft(): void {
    this.leaving = this.leaving.filter(({ ticket, addresses }) => {
      if (!this.desk.applied(ticket)) return true;
      for (const address of addresses) this.desk.heap.free(address);
      return false;
    });
  }
}
