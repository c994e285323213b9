import type { Meters } from '../../../lib/audio';
import type { StripId } from '../../../lib/mix';
import { blankMeter } from '../meters/blank';

/** What the pictures of gate and compressor move by, in dB. */
export interface LiveLevels {
  /** What the gate and the compressor heard; −Infinity while they are out. */
  gateIn: number;
  compIn: number;
  /** Gain reductions, 0 or less. */
  gate: number;
  comp: number;
}

/** Reads what a strip's gate and compressor hear and do. False while nothing sounds. */
export class LevelReader {
  private readonly meter = blankMeter();
  readonly levels: LiveLevels = { gateIn: Number.NEGATIVE_INFINITY, compIn: Number.NEGATIVE_INFINITY, gate: 0, comp: 0 };

  constructor(private readonly meters: Meters) {}

  read(strip: StripId): boolean {
    if (!this.meters.readStrip(strip, this.meter)) return false;
    const { levels, meter } = this;
    levels.gate = meter.gateReduction;
    levels.comp = meter.compReduction;
    levels.gateIn = meter.gateDetector;
    levels.compIn = meter.compDetector;
    return true;
  }
}
