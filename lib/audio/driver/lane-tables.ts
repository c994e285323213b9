import type { Desk } from '../../desk';
import { CURVES, type LanePoint } from '../../mix';
import { SAMPLE_RATE } from '../../units';

const POINT_BYTES = 16;
/** The last frame that the desk can count to: 12 hours of a song. */
const LAST_FRAME = 2 ** 31 - 1;

/** The points of lanes in the desk's memory. A table is given back once the desk has taken the one in its place. */
export class LaneTables {
  /** The tables that the desk has been told of, by the numbers of their lanes. */
  private readonly tables = new Map<number, number>();
  private leaving: { readonly ticket: number; readonly address: number }[] = [];

  constructor(
    private readonly desk: Desk,
    /** Null where there is no memory. */
    private readonly allocate: (bytes: number) => number | null,
  ) {}

  /** Lays points down for a lane that the desk will be told of; their address, null where there is no memory. */
  lay(points: readonly LanePoint[]): number | null {
    const address = this.allocate(POINT_BYTES * points.length);
    if (address === null) return null;
    const view = new DataView(this.desk.memory.buffer, address, POINT_BYTES * points.length);
    points.forEach(({ at, value, curve }, index) => {
      view.setInt32(POINT_BYTES * index, Math.min(LAST_FRAME, Math.round(at * SAMPLE_RATE)), true);
      view.setInt32(POINT_BYTES * index + 4, CURVES.indexOf(curve), true);
      view.setFloat64(POINT_BYTES * index + 8, value, true);
    });
    return address;
  }

  /** The desk has been told under `ticket` that a lane reads from `address`; null: that it has no points any more. */
  told(lane: number, address: number | null, ticket: number): void {
    const before = this.tables.get(lane);
    if (before !== undefined) this.leaving.push({ ticket, address: before });
    if (address === null) this.tables.delete(lane);
    else this.tables.set(lane, address);
  }

  /** Gives back what the desk no longer reads. */
  freeLeft(): void {
    this.leaving = this.leaving.filter(({ ticket, address }) => {
      if (!this.desk.applied(ticket)) return true;
      this.desk.heap.free(address);
      return false;
    });
  }
}
