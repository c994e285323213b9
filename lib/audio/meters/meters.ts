import type { LoudnessHistory, MixLevels } from '../../desk';
import { type InsertId, MASTER, type StripId } from '../../mix';
import type { DeskLine } from '../driver/line';
import type { MasterMeter, Meters, StripMeter, TapPlace } from '../types';
import { Spectrum } from './spectrum';
import { Taps } from './taps';

/** Where the desk holds what is measured. */
interface KnowsSlots {
  slotOf(strip: StripId): number;
  slotOfInsert(insert: InsertId): number;
}

/** Reads the desk's meters from shared memory; nothing is made per frame. */
export class DeskMeters implements Meters {
  private readonly mix: MixLevels = { momentary: 0, shortTerm: 0, integrated: 0, range: 0, truePeak: 0, limiterReduction: 0 };
  private readonly analysers = new Map<number, Spectrum>();
  private weighers = 0;
  /** The desk once it runs. */
  private source: { readonly line: DeskLine; readonly slots: KnowsSlots; readonly taps: Taps } | null = null;
  /** What the desk has missed while it slept. */
  private readonly missed = new Set<'clearClips' | 'resetLoudness'>();

  /** The desk runs. */
  connect(line: DeskLine, slots: KnowsSlots): void {
    this.source = { line, slots, taps: new Taps(line) };
  }

  /** Says again what a desk that slept has missed. */
  restate(): void {
    for (const what of [...this.missed]) this.tell(what);
    this.source?.line.write([{ do: 'weigh', on: this.weighers > 0 }]);
    this.source?.taps.restate();
  }

  readStrip(strip: StripId, into: StripMeter): boolean {
    const slot = this.source?.slots.slotOf(strip) ?? -1;
    return slot >= 0 && this.source?.line.desk.readStrip(slot, into) === true;
  }

  readMaster(into: MasterMeter): boolean {
    if (!this.readStrip(MASTER, into)) return false;
    this.source?.line.desk.readMix(this.mix);
    Object.assign(into, this.mix);
    return true;
  }

  clearClips(): void {
    this.tell('clearClips');
  }

  resetLoudness(): void {
    this.tell('resetLoudness');
  }

  private tell(what: 'clearClips' | 'resetLoudness'): void {
    if (!this.source || this.source.line.write([{ do: what }]) !== null) this.missed.delete(what);
    else this.missed.add(what);
  }

  spectrum(which: TapPlace, into: Float32Array): boolean {
    const analyser = this.analysers.get(into.length) ?? new Spectrum(into.length);
    this.analysers.set(into.length, analyser);
    if (this.samples(which, analyser.left, analyser.right) < 0) return false;
    analyser.measure(into);
    return true;
  }

  samples({ strip, tap }: TapPlace, left: Float32Array, right: Float32Array): number {
    const slot = this.source?.slots.slotOf(strip) ?? -1;
    if (slot < 0 || !this.source) return -1;
    const { line, taps } = this.source;
    return line.desk.readTap(taps.tapOf(slot, tap), left, right);
  }

  weigh(): () => void {
    this.weighers += 1;
    if (this.weighers === 1) this.source?.line.write([{ do: 'weigh', on: true }]);
    let wanted = true;
    return () => {
      if (!wanted) return;
      wanted = false;
      this.weighers -= 1;
      if (this.weighers === 0) this.source?.line.write([{ do: 'weigh', on: false }]);
    };
  }

  insertReduction(insert: InsertId): number {
    const slot = this.source?.slots.slotOfInsert(insert) ?? -1;
    return slot < 0 ? 0 : (this.source?.line.desk.insertReduction(slot) ?? 0);
  }

  insertDetector(insert: InsertId): number {
    const slot = this.source?.slots.slotOfInsert(insert) ?? -1;
    return slot < 0 ? Number.NEGATIVE_INFINITY : (this.source?.line.desk.insertDetector(slot) ?? Number.NEGATIVE_INFINITY);
  }

  historyLength(): number {
    return this.source?.line.desk.historyLength ?? 0;
  }

  readHistory(from: number, into: LoudnessHistory): number {
    return this.source?.line.desk.readHistory(from, into) ?? 0;
  }
}
