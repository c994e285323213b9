import type { Desk, Operation } from '../../desk';
import type { InsertId } from '../../mix';
import type { PlannedOperation } from '../plan/operation';
import type { DeskPicture } from '../plan/picture';
import { LaneTables } from './lane-tables';

/** The memory of new effects, found before a plan is written. */
export type FoundMemory = Map<InsertId, number>;

/** Which of the desk's memory belongs to what of a picture: effects, delays, ways that wait, points of lanes. */
export class DeskMemory {
  private readonly inserts = new Map<number, number>();
  private leaving: { readonly slot: number; readonly address: number }[] = [];
  /** Lines of strips' delays and of ways that wait; they stay with their slots, so that nothing has to wait for their end. */
  private readonly lines = new Map<string, number>();
  private readonly tables: LaneTables;

  constructor(private readonly desk: Desk) {
    this.tables = new LaneTables(desk, (bytes) => this.allocate(bytes));
  }

  /** Finds memory for the effects that are new in `next`; returns those for which there is none. */
  find(before: DeskPicture, next: DeskPicture, found: FoundMemory): readonly InsertId[] {
    const { desk } = this;
    return [...next.inserts].flatMap(([id, { slot, type }]) => {
      const was = before.inserts.get(id);
      if (found.has(id) || (was?.slot === slot && was.type === type)) return [];
      const address = this.allocate(desk.insertBytes(type));
      if (address === null) return [id];
      found.set(id, address);
      return [];
    });
  }

  /** A plan with its addresses. A delay or a lane for which there is no memory is left out: the rest sounds. */
  placed(planned: readonly PlannedOperation[], next: DeskPicture, found: FoundMemory): readonly Operation[] {
    const { layout } = this.desk;
    const addresses = new Map([...found].map(([id, address]) => [next.inserts.get(id)?.slot, address]));
    const at = (address: number | null, operation: (address: number) => Operation) => (address === null ? [] : [operation(address)]);
    return planned.flatMap((operation): readonly Operation[] => {
      switch (operation.do) {
        case 'addInsert':
          return [{ ...operation, address: addresses.get(operation.slot) ?? 0 }];
        case 'delayLine':
          return at(this.line(`delay ${operation.strip}`, layout.delayLineBytes), (address) => ({ ...operation, address }));
        case 'outputWait':
          return at(this.line(`strip ${operation.strip}`, layout.waitBytes), (address) => ({ ...operation, address }));
        case 'sendWait':
          return at(this.line(`send ${operation.slot}`, layout.waitBytes), (address) => ({ ...operation, address }));
        case 'lane': {
          const { points, ...lane } = operation;
          return at(this.tables.lay(lane.lane, points), (address) => ({ ...lane, address, count: points.length }));
        }
        default:
          return [operation];
      }
    });
  }

  /** The desk has been told of a plan under `ticket` (null: there was nothing to tell). */
  taken(planned: readonly PlannedOperation[], next: DeskPicture, found: FoundMemory, ticket: number | null): void {
    for (const operation of planned) {
      if (operation.do !== 'removeInsert') continue;
      const address = this.inserts.get(operation.slot);
      if (address !== undefined) this.leaving.push({ slot: operation.slot, address });
      this.inserts.delete(operation.slot);
    }
    for (const [id, address] of found) {
      const slot = next.inserts.get(id)?.slot;
      if (slot !== undefined) this.inserts.set(slot, address);
    }
    if (ticket !== null) this.tables.written(ticket);
  }

  /** The plan was not taken: its effects need no memory. */
  giveBack(found: FoundMemory): void {
    for (const address of found.values()) this.desk.heap.free(address);
  }

  /** Gives back the memory of effects that have faded out and of lanes that have been replaced. */
  freeLeft(): void {
    this.tables.freeLeft();
    this.leaving = this.leaving.filter(({ slot, address }) => {
      if (this.desk.insertUsed(slot)) return true;
      this.desk.heap.free(address);
      return false;
    });
  }

  private line(way: string, bytes: number): number | null {
    const address = this.lines.get(way) ?? this.allocate(bytes);
    if (address !== null) this.lines.set(way, address);
    return address;
  }

  private allocate(bytes: number): number | null {
    try {
      return this.desk.heap.allocate(bytes);
    } catch (reason) {
      if (reason instanceof RangeError) return null;
      throw reason;
    }
  }
}
