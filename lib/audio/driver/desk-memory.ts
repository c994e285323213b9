import type { Desk, Operation } from '../../desk';
import type { InsertId } from '../../mix';
import type { Lacking } from '../plan/lacking';
import { sameLane } from '../plan/lanes';
import type { PlannedOperation } from '../plan/operation';
import type { DeskPicture } from '../plan/picture';
import { LaneTables } from './lane-tables';

/** The memory of new effects and of new points of lanes, found before a plan is written. */
export interface FoundMemory {
  readonly inserts: Map<InsertId, number>;
  readonly lanes: Map<string, number>;
}

/** Which of the desk's memory belongs to what of a picture: effects, delays, ways that wait, points of lanes. */
export class DeskMemory {
  private readonly inserts = new Map<number, number>();
  /** Effects that go, and the ticket under which the desk is told so: until then it may still be about to make them. */
  private leaving: { readonly slot: number; readonly address: number; readonly ticket: number }[] = [];
  /** Lines of strips' delays and of ways that wait; they stay with their slots, so that nothing has to wait for their end. */
  private readonly lines = new Map<string, number>();
  private readonly tables: LaneTables;

  constructor(private readonly desk: Desk) {
    this.tables = new LaneTables(desk, (bytes) => this.desk.heap.allocateIfRoom(bytes));
  }

  /** Finds memory for the effects that are new in `next`; returns those for which there is none. */
  find(before: DeskPicture, next: DeskPicture, found: FoundMemory): readonly InsertId[] {
    const { desk } = this;
    return [...next.inserts].flatMap(([id, { slot, type }]) => {
      const was = before.inserts.get(id);
      if (found.inserts.has(id) || (was?.slot === slot && was.type === type)) return [];
      const address = this.desk.heap.allocateIfRoom(desk.insertBytes(type));
      if (address === null) return [id];
      found.inserts.set(id, address);
      return [];
    });
  }

  /** Finds memory for the delays, waits and lanes of `next`, as far as there is any; returns those for which there is none. */
  furnish(before: DeskPicture, next: DeskPicture, found: FoundMemory): Lacking {
    const { delayLineBytes, waitBytes } = this.desk.layout;
    const idsOf = <Id extends string>(entries: readonly (readonly [Id, unknown])[]) => new Set(entries.map(([id]) => id));
    const strips = [...next.strips];
    const waits = (way: string, wait: number) => wait === 0 || this.line(way, waitBytes) !== null;
    return {
      outputs: idsOf(
        strips.filter(([, { slot, wait, inputWait, keyWait }]) => {
          return !waits(`strip ${slot}`, wait) || !waits(`input ${slot}`, inputWait) || !waits(`key ${slot}`, keyWait);
        }),
      ),
      sends: idsOf([...next.sends].filter(([, { slot, wait }]) => !waits(`send ${slot}`, wait))),
      delays: idsOf(strips.filter(([, { slot, delayed }]) => delayed && this.line(`delay ${slot}`, delayLineBytes) === null)),
      lanes: idsOf(
        [...next.lanes].filter(([key, lane]) => {
          const was = before.lanes.get(key);
          if (was && sameLane(was, lane)) return false;
          const address = this.tables.lay(lane.points);
          if (address !== null) found.lanes.set(key, address);
          return address === null;
        }),
      ),
    };
  }

  /** A plan with its addresses: all that `next` has, found before. */
  placed(planned: readonly PlannedOperation[], next: DeskPicture, found: FoundMemory): readonly Operation[] {
    const addresses = new Map([...found.inserts].map(([id, address]) => [next.inserts.get(id)?.slot, address]));
    const tables = tablesBySlot(next, found);
    const line = (way: string) => this.lines.get(way) ?? 0;
    return planned.map((operation): Operation => {
      switch (operation.do) {
        case 'addInsert':
          return { ...operation, address: addresses.get(operation.slot) ?? 0 };
        case 'delayLine':
          return { ...operation, address: line(`delay ${operation.strip}`) };
        case 'outputWait':
          return { ...operation, address: line(`strip ${operation.strip}`) };
        case 'inputWait':
          return { ...operation, address: line(`input ${operation.strip}`) };
        case 'keyWait':
          return { ...operation, address: line(`key ${operation.strip}`) };
        case 'sendWait':
          return { ...operation, address: line(`send ${operation.slot}`) };
        case 'lane': {
          const { points, ...lane } = operation;
          return { ...lane, address: points.length > 0 ? (tables.get(lane.lane) ?? 0) : 0, count: points.length };
        }
        default:
          return operation;
      }
    });
  }

  /** The desk has been told of a plan under `ticket` (null: there was nothing to tell). */
  taken(planned: readonly PlannedOperation[], next: DeskPicture, found: FoundMemory, ticket: number | null): void {
    if (ticket === null) return;
    for (const operation of planned) {
      if (operation.do !== 'removeInsert') continue;
      const address = this.inserts.get(operation.slot);
      if (address !== undefined) this.leaving.push({ slot: operation.slot, address, ticket });
      this.inserts.delete(operation.slot);
    }
    for (const [id, address] of found.inserts) {
      const slot = next.inserts.get(id)?.slot;
      if (slot !== undefined) this.inserts.set(slot, address);
    }
    const tables = tablesBySlot(next, found);
    for (const operation of planned) {
      if (operation.do !== 'lane') continue;
      this.tables.told(operation.lane, operation.points.length > 0 ? (tables.get(operation.lane) ?? null) : null, ticket);
    }
  }

  /** The plan was not taken: what was new in it needs no memory, and the desk goes on reading what it has. */
  giveBack({ inserts, lanes }: FoundMemory): void {
    for (const address of [...inserts.values(), ...lanes.values()]) this.desk.heap.free(address);
  }

  /** Gives back the memory of effects that have faded out and of lanes that have been replaced. */
  freeLeft(): void {
    this.tables.freeLeft();
    this.leaving = this.leaving.filter(({ slot, address, ticket }) => {
      if (!this.desk.applied(ticket) || this.desk.insertUsed(slot)) return true;
      this.desk.heap.free(address);
      return false;
    });
  }

  private line(way: string, bytes: number): number | null {
    const address = this.lines.get(way) ?? this.desk.heap.allocateIfRoom(bytes);
    if (address !== null) this.lines.set(way, address);
    return address;
  }
}

/** Where the new points of lanes lie, by the numbers of the lanes. */
function tablesBySlot(next: DeskPicture, { lanes }: FoundMemory): ReadonlyMap<number, number> {
  return new Map(
    [...lanes].flatMap(([key, address]) => {
      const lane = next.lanes.get(key);
      return lane ? [[lane.slot, address] as const] : [];
    }),
  );
}
