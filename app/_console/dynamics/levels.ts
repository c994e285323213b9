import type { Meters } from '../../../lib/audio';
import type { StripId } from '../../../lib/mix';
import { gainToDecibels } from '../../../lib/units';
import { blankMeter } from '../meters/blank';

/** What the pictures of gate and compressor move by, in dB. */
export interface LiveLevels {
  /** Level into the gate and into the compressor. */
  gateIn: number;
  compIn: number;
  /** Gain reductions, 0 or less. */
  gate: number;
  comp: number;
}

const LOWEST = -120;

/**
 * Reads a strip's levels. Its meter sits after the fader, so what went into gate and compressor is that level with
 * fader, make-up and gain reductions taken back. False while nothing sounds.
 */
export class LevelReader {
  private readonly meter = blankMeter();
  readonly levels: LiveLevels = { gateIn: LOWEST, compIn: LOWEST, gate: 0, comp: 0 };

  constructor(private readonly meters: Meters) {}

  read(strip: StripId, fader: number, makeup: number): boolean {
    if (!this.meters.readStrip(strip, this.meter)) return false;
    const { levels, meter } = this;
    levels.gate = meter.gateReduction;
    levels.comp = meter.compReduction;
    const after = gainToDecibels(Math.max(meter.peakLeft, meter.peakRight));
    levels.compIn = after <= LOWEST || fader <= LOWEST ? LOWEST : after - fader - makeup - levels.comp;
    levels.gateIn = levels.compIn <= LOWEST ? LOWEST : levels.compIn - levels.gate;
    return true;
  }
}
