import type { InsertId, Mix, StripId, Target } from '../../mix';
import { soloGates, soundOf, targetKey } from '../../mix';
import type { SoloMode } from '../monitor/remembered';
import { withoutLacking } from '../plan/lacking';
import { type LanePicture, samePlace } from '../plan/lanes';
import type { PlannedOperation } from '../plan/operation';
import { type DeskPicture, type DeskRoom, NO_PICTURE, pictureOf, placeOf, SUM, valueIn } from '../plan/picture';
import { planPictures } from '../plan/plan';
import { isStructural, switchStages } from '../plan/switch';
import type { KeyHeard } from '../types';
import { DeskMemory, type FoundMemory } from './desk-memory';
import type { DeskLine } from './line';
import type { LeftOut, Short } from './shortage';
import { ValuesBeside } from './values-beside';

/** A mix and what it is shown with. */
export interface Showing {
  readonly mix: Mix;
  /** The desk's source of each stem that can play. */
  readonly sources: ReadonlyMap<string, number>;
  /** This machine's solo, and how it is heard. */
  readonly soloed: ReadonlySet<StripId>;
  readonly mode: SoloMode;
  /** The processor whose key is heard in place of the mix. */
  readonly key?: KeyHeard | null;
  /** False: what is soloed in place is heard without what it sends. */
  readonly effects?: boolean;
  /** Somebody else changed something since the last showing: rises are held to 6 dB per 100 ms. */
  readonly remote: boolean;
  /** Another mix than the one before, not that one changed: where they differ in more than where controls stand, they are cross-faded. */
  readonly switched?: boolean;
}

/** So long another mix runs unheard before it is heard, frames: 80 ms, in which its delays and detectors fill. */
const WARMING = 3840;
/** From when it is heard until the one before has faded out: 5 ms, and a block's length more. */
const FADING = 1024;

/** A picture that there is memory for. */
interface Fitted {
  readonly next: DeskPicture;
  /** The memory of what is new in it. */
  readonly found: FoundMemory;
  readonly lacking: LeftOut;
}

/** Shows a mix on a desk: plans what changes, and finds memory for effects. The one that drives that desk. */
export class DeskDriver {
  /** What the desk holds, but for the values beside. Never ahead of what was written. */
  private picture: DeskPicture = NO_PICTURE;
  private mix: Mix | null = null;
  private readonly memory: DeskMemory;
  private readonly beside = new ValuesBeside();
  /** Slots that are listened to beside the mix. */
  private heardAlone: readonly number[] = [];
  private keyHeard = false;
  /** Lanes whose control is in somebody's hand. */
  private readonly hands = new Set<string>();
  /** Those that the desk was told to leave to a hand, as they were then. */
  private readonly held = new Map<string, LanePicture>();
  private readonly room: DeskRoom;
  /** The stages of a switch that are still to come, and when the next one is due. */
  private switching: { readonly stages: readonly DeskPicture[]; readonly at: number; readonly lanes: FoundMemory['lanes'] } | null = null;
  private lacking: LeftOut = { inserts: new Set(), delays: new Set(), outputs: new Set(), sends: new Set(), lanes: new Set() };

  constructor(private readonly line: DeskLine) {
    const { desk } = line;
    const { maxStrips, maxSends, maxInserts, maxChain, longestWait, maxLanes } = desk.layout;
    this.memory = new DeskMemory(desk);
    this.room = {
      strips: maxStrips,
      sends: maxSends,
      inserts: maxInserts,
      insertsOfStrip: maxChain,
      longestWait,
      lanes: maxLanes,
      latencies: { insert: (type) => desk.insertLatency(type), saturation: desk.layout.saturationLatency },
    };
  }

  /** What of the shown mix found no memory, for which each showing tries again, and what comes early: all but that is as it should be. */
  get leftOut(): Short {
    return { ...this.lacking, ahead: this.picture.ahead };
  }

  /** Frames from a stem's sample to the mix once the desk shows what it was shown last. */
  get latency(): number {
    return this.line.desk.layout.latency + this.picture.latency;
  }

  /** Brings the desk to a mix. False where the desk takes nothing now: then it is as it was, and it is to be shown again. */
  show(showing: Showing): boolean {
    if (showing.mix !== this.mix) this.beside.mixChanged();
    this.mix = showing.mix;
    if (!this.line.awake || this.goesOn()) return false;
    this.memory.freeLeft();
    const fitted = this.fit(showing);
    const planned = planPictures(this.picture, fitted.next, showing.remote);
    const switches = showing.switched === true && isStructural(planned) && this.beginSwitch(showing, fitted.next);
    if (switches) this.memory.giveBack(fitted.found);
    else if (!this.carryOut(planned, fitted)) return false;
    this.keepHolds();
    this.listen(showing);
    this.listenKey(showing.key ?? null);
    this.memory.freeLeft();
    return true;
  }

  /** Takes a switch on, where one is on its way; true until it is done. To be called now and then. */
  goesOn(): boolean {
    while (this.switching && this.line.desk.outputFrame >= this.switching.at) {
      const { stages, lanes } = this.switching;
      const [from, to, ...later] = stages;
      if (!from || !to) break;
      const found: FoundMemory = { inserts: new Map(), lanes };
      const planned = planPictures(from, to, false);
      const ticket = this.line.write(this.memory.placed(planned, to, found));
      if (ticket === null) return true;
      this.memory.taken(planned, to, found, ticket);
      const at = this.line.desk.outputFrame + FADING;
      this.switching = later.length > 0 ? { stages: [to, ...later], at, lanes } : null;
    }
    return this.switching !== null;
  }

  /** Lets another mix run beside the one that is heard. False where there is no room for both. */
  private beginSwitch(showing: Showing, alone: DeskPicture): boolean {
    const fitted = this.fit(showing, true);
    const { next, found, lacking } = fitted;
    const isWhole =
      next.strips.has(SUM) &&
      [...alone.strips.keys()].every((id) => next.strips.has(id)) &&
      [next.sends.size, next.inserts.size, next.lanes.size].join() === [alone.sends.size, alone.inserts.size, alone.lanes.size].join() &&
      Object.values(lacking).every((missed) => missed.size === 0);
    if (!isWhole) {
      this.memory.giveBack(found);
      return false;
    }
    const [from, beside, heard, after] = switchStages(this.picture, next);
    if (!this.carryOut(planPictures(from, beside, false), fitted)) return false;
    this.switching = { stages: [beside, heard, after], at: this.line.desk.outputFrame + WARMING, lanes: found.lanes };
    return true;
  }

  /** Tells the desk a plan, after which it holds what was fitted. False where it takes nothing now. */
  private carryOut(planned: readonly PlannedOperation[], { next, found, lacking }: Fitted): boolean {
    const ticket = planned.length > 0 ? this.line.write(this.memory.placed(planned, next, found)) : null;
    if (planned.length > 0 && ticket === null) {
      this.memory.giveBack(found);
      return false;
    }
    this.memory.taken(planned, next, found, ticket);
    this.picture = next;
    this.lacking = lacking;
    return true;
  }

  /**
   * Sets one value beside the shown mix, and beside its lane until `letGo`; nothing where the desk has no such control. A new
   * mix takes it back: hands that are still on say so again after it.
   */
  setValue(target: Target, value: number, remote: boolean): void {
    this.beside.set(target, value, remote);
    this.holdLane(target, true);
    this.put(target, value, remote);
  }

  /** No hand is on a control any more: its lane has it again. */
  letGo(target: Target): void {
    this.holdLane(target, false);
  }

  /** Says all values beside the mix again, and which lanes hands are on, which a desk that slept has missed. */
  restate(): void {
    for (const { target, value, remote } of this.beside.all()) this.put(target, value, remote);
    for (const key of new Set([...this.hands, ...this.held.keys()])) this.tellHold(key);
  }

  /** The desk's slot of a strip, or −1. */
  slotOf(strip: StripId): number {
    return this.picture.strips.get(strip)?.slot ?? -1;
  }

  /** The desk's slot of an insert, or −1. */
  slotOfInsert(insert: InsertId): number {
    return this.picture.inserts.get(insert)?.slot ?? -1;
  }

  /** Leads strips to the ears alone, VCAs as those that follow them. Said anew each time: a slot that has changed hands has forgotten it. */
  private listen({ mix, soloed, mode }: Showing): void {
    const wanted =
      mode === 'in place'
        ? []
        : soundOf(mix, soloed)
            .map((strip) => this.slotOf(strip))
            .filter((slot) => slot >= 0);
    const left = this.heardAlone.filter((slot) => !wanted.includes(slot));
    this.heardAlone = wanted;
    if (wanted.length + left.length === 0) return;
    const where = mode === 'before' ? 'before' : 'after';
    this.line.write([
      ...left.map((strip) => ({ do: 'listen', strip, where: 'off' }) as const),
      ...wanted.map((strip) => ({ do: 'listen', strip, where }) as const),
    ]);
  }

  /** Leads a processor's key to the ears alone; said anew each time, for its slot may be another. */
  private listenKey(key: KeyHeard | null): void {
    if (key === null && !this.keyHeard) return;
    this.keyHeard = key !== null;
    const of = key === null ? 'none' : key.on === 'strip' ? key.processor : 'insert';
    const slot = key === null ? -1 : key.on === 'strip' ? this.slotOf(key.id) : this.slotOfInsert(key.id);
    this.line.write([{ do: 'listenKey', of, slot }]);
  }

  private holdLane(target: Target, on: boolean): void {
    const key = targetKey(target);
    if (on && this.picture.lanes.has(key)) this.hands.add(key);
    else this.hands.delete(key);
    this.tellHold(key);
  }

  /** Tells the desk whether a hand is on a lane's control, where it does not know. */
  private tellHold(key: string): void {
    const lane = this.picture.lanes.get(key);
    const on = this.hands.has(key);
    if (!lane || this.held.has(key) === on || this.line.write([{ do: 'holdLane', lane: lane.slot, on }]) === null) return;
    if (on) this.held.set(key, lane);
    else this.held.delete(key);
  }

  /** Lanes have come, gone or got other numbers: a new one is not held yet. */
  private keepHolds(): void {
    const { lanes } = this.picture;
    for (const [key, was] of this.held) {
      const is = lanes.get(key);
      if (!is || !samePlace(was, is)) this.held.delete(key);
    }
    for (const key of this.hands) {
      if (lanes.has(key)) this.tellHold(key);
      else this.hands.delete(key);
    }
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

  /** The picture of all that there is memory for, the memory of what is new in it, and that for which there is none. */
  private fit({ mix, sources, soloed, mode, effects = true }: Showing, fresh = false): Fitted {
    const solo = mode === 'in place' && soloed.size > 0 ? soloGates(mix, soloed, { effects }) : null;
    const found: FoundMemory = { inserts: new Map(), lanes: new Map() };
    const inserts = new Set<InsertId>();
    for (;;) {
      const next = pictureOf(without(mix, inserts), this.picture, { sources, solo, room: this.room, fresh });
      const homeless = this.memory.find(this.picture, next, found);
      if (homeless.length === 0) {
        const lacking = this.memory.furnish(this.picture, next, found);
        return { next: withoutLacking(next, lacking), found, lacking: { inserts, ...lacking } };
      }
      // Who is left out of a long chain can let another in, which then needs memory too.
      for (const id of homeless) inserts.add(id);
    }
  }
}

function without(mix: Mix, inserts: ReadonlySet<InsertId>): Mix {
  if (inserts.size === 0) return mix;
  return { ...mix, inserts: new Map([...mix.inserts].filter(([id]) => !inserts.has(id))) };
}
