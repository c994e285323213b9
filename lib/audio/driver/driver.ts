import type { Operation } from '../../desk';
import type { InsertId, Mix, StripId, Target } from '../../mix';
import { soloGates } from '../../mix';
import type { PlannedOperation } from '../plan/operation';
import { type DeskPicture, type DeskRoom, NO_PICTURE, pictureOf, placeOf, valueIn } from '../plan/picture';
import { planPictures } from '../plan/plan';
import type { DeskLine } from './line';
import { ValuesBeside } from './values-beside';

interface InsertMemory {
  readonly slot: number;
  readonly address: number;
}

/** A mix and what it is shown with. */
export interface Showing {
  readonly mix: Mix;
  /** The desk's source of each stem that can play. */
  readonly sources: ReadonlyMap<string, number>;
  /** This machine's solo. */
  readonly soloed: ReadonlySet<StripId>;
  /** Somebody else changed something since the last showing: rises are held to 6 dB per 100 ms. */
  readonly remote: boolean;
}

/** Shows a mix on a desk: plans what changes, and finds memory for effects. The one that drives that desk. */
export class DeskDriver {
  /** What the desk holds, but for the values beside. Never ahead of what was written. */
  private picture: DeskPicture = NO_PICTURE;
  private mix: Mix | null = null;
  private readonly inserts = new Map<number, number>();
  private leaving: InsertMemory[] = [];
  private readonly beside = new ValuesBeside();
  private readonly room: DeskRoom;
  private homeless: ReadonlySet<InsertId> = new Set();

  constructor(private readonly line: DeskLine) {
    const { maxStrips, maxSends, maxInserts, maxChain } = line.desk.layout;
    this.room = { strips: maxStrips, sends: maxSends, inserts: maxInserts, insertsOfStrip: maxChain };
  }

  /** The effects of the shown mix that found no memory: all but them sounds. Each showing tries again. */
  get leftOut(): ReadonlySet<InsertId> {
    return this.homeless;
  }

  /** Brings the desk to a mix. False where the desk takes nothing now: then it is as it was. */
  show(showing: Showing): boolean {
    if (showing.mix !== this.mix) this.beside.mixChanged();
    this.mix = showing.mix;
    if (!this.line.awake) return false;
    this.freeLeft();
    const { next, found, missing } = this.fit(showing);
    const planned = planPictures(this.picture, next, showing.remote);
    if (planned.length > 0 && this.line.write(placed(planned, next, found)) === null) {
      for (const address of found.values()) this.line.desk.heap.free(address);
      return false;
    }
    this.take(planned, next, found);
    this.homeless = missing;
    this.freeLeft();
    return true;
  }

  /**
   * Sets one value beside the shown mix; nothing where the desk has no such control. A new mix takes it back: hands that are
   * still on say so again after it.
   */
  setValue(target: Target, value: number, remote: boolean): void {
    this.beside.set(target, value, remote);
    this.put(target, value, remote);
  }

  /** Says all values beside the mix again, which a desk that slept has missed. */
  restate(): void {
    for (const { target, value, remote } of this.beside.all()) this.put(target, value, remote);
  }

  /** The desk's slot of a strip, or −1. */
  slotOf(strip: StripId): number {
    return this.picture.strips.get(strip)?.slot ?? -1;
  }

  private put(target: Target, wanted: number | null, remote: boolean): void {
    if (!this.line.awake) return;
    const place = placeOf(this.picture, target);
    const kept = valueIn(this.picture, target);
    if (place === null || kept === null) {
      this.beside.settle(target);
      return;
    }
    const value = wanted ?? kept;
    const written = this.line.write([{ do: 'value', ...place, value, remote }]) !== null;
    if (written && value === kept) this.beside.settle(target);
  }

  /** The picture of all that there is memory for, the memory of its new effects, and those for which there is none. */
  private fit({ mix, sources, soloed }: Showing) {
    const solo = soloed.size > 0 ? soloGates(mix, soloed) : null;
    const found = new Map<InsertId, number>();
    const missing = new Set<InsertId>();
    for (;;) {
      const next = pictureOf(without(mix, missing), this.picture, { sources, solo, room: this.room });
      const homeless = this.findMemory(next, found);
      if (homeless.length === 0) return { next, found, missing };
      // Who is left out of a long chain can let another in, which then needs memory too.
      for (const id of homeless) missing.add(id);
    }
  }

  /** Finds memory for the effects that are new in a picture; returns those for which there is none. */
  private findMemory(next: DeskPicture, found: Map<InsertId, number>): readonly InsertId[] {
    const { desk } = this.line;
    return [...next.inserts].flatMap(([id, { slot, type }]) => {
      const before = this.picture.inserts.get(id);
      if (found.has(id) || (before?.slot === slot && before.type === type)) return [];
      try {
        found.set(id, desk.heap.allocate(desk.insertBytes(type)));
        return [];
      } catch (reason) {
        if (!(reason instanceof RangeError)) throw reason;
        return [id];
      }
    });
  }

  /** The desk has been told of a plan: from here on it holds that picture. */
  private take(planned: readonly PlannedOperation[], next: DeskPicture, found: ReadonlyMap<InsertId, number>): void {
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
    this.picture = next;
  }

  /** Gives back the memory of effects that have faded out. */
  private freeLeft(): void {
    const { desk } = this.line;
    this.leaving = this.leaving.filter(({ slot, address }) => {
      if (desk.insertUsed(slot)) return true;
      desk.heap.free(address);
      return false;
    });
  }
}

function without(mix: Mix, inserts: ReadonlySet<InsertId>): Mix {
  if (inserts.size === 0) return mix;
  return { ...mix, inserts: new Map([...mix.inserts].filter(([id]) => !inserts.has(id))) };
}

/** A plan with the addresses of its new effects. */
function placed(planned: readonly PlannedOperation[], next: DeskPicture, found: ReadonlyMap<InsertId, number>): readonly Operation[] {
  const addresses = new Map([...found].map(([id, address]) => [next.inserts.get(id)?.slot, address]));
  return planned.map((operation) =>
    operation.do === 'addInsert' ? { ...operation, address: addresses.get(operation.slot) ?? 0 } : operation,
  );
}
