import type { Desk, Operation } from '../../desk';
import type { InsertId, Mix, StripId, Target } from '../../mix';
import { soloGates, targetKey } from '../../mix';
import type { SoloMode } from '../monitor/remembered';
import type { PlannedOperation } from '../plan/operation';
import { type DeskPicture, type DeskRoom, NO_PICTURE, pictureOf, placeOf } from '../plan/picture';
import { planPictures } from '../plan/plan';
import { LaneTables } from './lane-tables';

interface InsertMemory {
  readonly slot: number;
  readonly address: number;
}

/** Shows a mix on a desk: plans what changes, and finds memory for effects. The one that drives that desk. */
export class DeskDriver {
  private picture: DeskPicture = NO_PICTURE;
  private readonly inserts = new Map<number, number>();
  private readonly delayLines = new Map<number, number>();
  private leaving: InsertMemory[] = [];
  /** Slots that are listened to beside the mix. */
  private heardAlone: readonly number[] = [];
  private readonly waitLines = new Map<string, number>();
  private readonly tables: LaneTables;
  /** Lanes whose control is in somebody's hand. */
  private readonly held = new Set<string>();
  private readonly room: DeskRoom;

  constructor(readonly desk: Desk) {
    const { maxStrips, maxSends, maxInserts, maxChain, longestWait, maxLanes } = desk.layout;
    this.tables = new LaneTables(desk);
    this.room = {
      strips: maxStrips,
      sends: maxSends,
      inserts: maxInserts,
      insertsOfStrip: maxChain,
      longestWait,
      lanes: maxLanes,
      insertLatency: (type) => desk.insertLatency(type),
    };
  }

  /** Brings the desk to `mix`, with the desk's source of each stem that can play, and this machine's solo. */
  show(mix: Mix, sources: ReadonlyMap<string, number>, soloed: ReadonlySet<StripId>, mode: SoloMode = 'in place'): void {
    const solo = mode === 'in place' && soloed.size > 0 ? soloGates(mix, soloed) : null;
    const next = pictureOf(mix, this.picture, { sources, solo, room: this.room });
    const planned = planPictures(this.picture, next);
    this.picture = next;
    for (const key of [...this.held]) if (!next.lanes.has(key)) this.held.delete(key);
    if (planned.length > 0) this.tables.written(this.desk.write(planned.map((operation) => this.withMemory(operation))));
    this.listen(soloed, mode);
    this.tables.freeLeft();
    this.freeLeft();
  }

  /** Sets one value beside the shown mix, and beside its lane until `letGo`; nothing where the desk has no such control. */
  setValue(target: Target, value: number, remote: boolean): void {
    const place = placeOf(this.picture, target);
    if (!place) return;
    this.holdLane(target, true);
    this.desk.write([{ do: 'value', ...place, value, remote }]);
  }

  /** No hand is on a control any more: its lane has it again. */
  letGo(target: Target): void {
    this.holdLane(target, false);
  }

  private holdLane(target: Target, on: boolean): void {
    const key = targetKey(target);
    const lane = this.picture.lanes.get(key);
    if (!lane || this.held.has(key) === on) return;
    if (on) this.held.add(key);
    else this.held.delete(key);
    this.desk.write([{ do: 'holdLane', lane: lane.slot, on }]);
  }

  /** Frames from a stem's sample to the mix once the desk shows what it was shown last. */
  get latency(): number {
    return this.desk.layout.latency + this.picture.latency;
  }

  /** The desk's slot of a strip, or −1. */
  slotOf(strip: StripId): number {
    return this.picture.strips.get(strip)?.slot ?? -1;
  }

  /** Leads strips to the ears alone. Said anew each time: a slot that has changed hands has forgotten it. */
  private listen(soloed: ReadonlySet<StripId>, mode: SoloMode): void {
    const wanted = mode === 'in place' ? [] : [...soloed].map((strip) => this.slotOf(strip)).filter((slot) => slot >= 0);
    const left = this.heardAlone.filter((slot) => !wanted.includes(slot));
    this.heardAlone = wanted;
    if (wanted.length + left.length === 0) return;
    const where = mode === 'before' ? 'before' : 'after';
    this.desk.write([
      ...left.map((strip) => ({ do: 'listen', strip, where: 'off' }) as const),
      ...wanted.map((strip) => ({ do: 'listen', strip, where }) as const),
    ]);
  }

  /** The desk's slot of an insert, or −1. */
  slotOfInsert(insert: InsertId): number {
    return this.picture.inserts.get(insert)?.slot ?? -1;
  }

  private withMemory(operation: PlannedOperation): Operation {
    if (operation.do === 'removeInsert') {
      const address = this.inserts.get(operation.slot);
      if (address !== undefined) this.leaving.push({ slot: operation.slot, address });
      this.inserts.delete(operation.slot);
    }
    if (operation.do === 'outputWait') return { ...operation, address: this.waitLine(`strip ${operation.strip}`) };
    if (operation.do === 'sendWait') return { ...operation, address: this.waitLine(`send ${operation.slot}`) };
    if (operation.do === 'lane') {
      const { points, ...lane } = operation;
      return { ...lane, address: this.tables.lay(lane.lane, points), count: points.length };
    }
    if (operation.do === 'delayLine') return { ...operation, address: this.delayLine(operation.strip) };
    if (operation.do !== 'addInsert') return operation;
    const address = this.desk.heap.allocate(this.desk.insertBytes(operation.type));
    this.inserts.set(operation.slot, address);
    return { ...operation, address };
  }

  /** The memory for the delay of a strip. It stays with the slot, so that nothing ever has to wait for its end. */
  private delayLine(slot: number): number {
    const address = this.delayLines.get(slot) ?? this.desk.heap.allocate(this.desk.layout.delayLineBytes);
    this.delayLines.set(slot, address);
    return address;
  }

  /** The memory for a way that waits; it stays with the slot too. */
  private waitLine(way: string): number {
    const address = this.waitLines.get(way) ?? this.desk.heap.allocate(this.desk.layout.waitBytes);
    this.waitLines.set(way, address);
    return address;
  }

  /** Gives back the memory of effects that have faded out. */
  private freeLeft(): void {
    this.leaving = this.leaving.filter(({ slot, address }) => {
      if (this.desk.insertUsed(slot)) return true;
      this.desk.heap.free(address);
      return false;
    });
  }
}
