import * as Y from 'yjs';
import { MAPS, weightOf } from '../../lib/doc';
import type { MapName } from '../../lib/mix';
import { FIXED } from './limits';

interface Weight {
  live: number;
  dead: number;
}

/**
 * How much a document holds, kept up with every transaction: `Y.Map.size` walks every key that was ever there, which whoever
 * makes and removes keys can make as long as they like.
 */
export class Counts {
  /** Lanes that hold so much of what is no more that they should be written anew. */
  readonly heavy = new Set<string>();
  private readonly records = new Map<MapName, number>();
  private readonly weights = new WeakMap<Y.Map<unknown>, Weight>();

  /** The document must be whole: what it holds is counted once, here. */
  constructor(private readonly doc: Y.Doc) {
    for (const map of MAPS) {
      const root = doc.getMap<unknown>(map);
      this.records.set(map, root.size);
      root.observeDeep((events) => this.follow(map, events));
    }
  }

  of(map: MapName): number {
    return this.records.get(map) ?? 0;
  }

  /** The fields of a lane that are there. */
  fields(lane: string): number {
    const found = this.lane(lane);
    return found ? this.weight(found).live : 0;
  }

  /** The keys that ever were in a lane. */
  keys(lane: string): number {
    return this.lane(lane)?._map.size ?? 0;
  }

  private lane(id: string): Y.Map<unknown> | null {
    const lane = this.doc.getMap('automation').get(id);
    return lane instanceof Y.Map ? lane : null;
  }

  private weight(lane: Y.Map<unknown>): Weight {
    const known = this.weights.get(lane);
    if (known) return known;
    const weight = { ...weightOf(lane) };
    this.weights.set(lane, weight);
    return weight;
  }

  private follow(map: MapName, events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void {
    for (const event of events) {
      if (event.target === event.currentTarget) this.followRoot(map, event);
      else if (map === 'automation' && event.target instanceof Y.Map) this.followLane(String(event.path[0]), event.target, event);
    }
  }

  private followRoot(map: MapName, event: Y.YEvent<Y.AbstractType<unknown>>): void {
    let count = this.of(map);
    for (const { action } of event.changes.keys.values()) count += STEP[action];
    this.records.set(map, count);
  }

  private followLane(id: string, lane: Y.Map<unknown>, event: Y.YEvent<Y.AbstractType<unknown>>): void {
    const known = this.weights.get(lane);
    if (known) {
      for (const { action } of event.changes.keys.values()) {
        known.live += STEP[action];
        if (action !== 'add') known.dead++;
      }
    }
    if (this.weight(lane).dead > FIXED.laneRemains) this.heavy.add(id);
  }
}

const STEP = { add: 1, update: 0, delete: -1 } as const;
