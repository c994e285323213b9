import type { Meters } from '../../../lib/audio';
import { MASTER, type StripId } from '../../../lib/mix';
import { gainToDecibels } from '../../../lib/units';
import { onFrame, paintText } from '../../_shell/frame';
import { level } from '../../_shell/words';
import { newNeedle, swing } from './ballistics';
import { blankMaster, blankMeter } from './blank';
import { drawMeter, newPicture, pictureOf, type Shown, takeOver } from './draw';
import type { MeterSurface } from './surface';

const READOUT_MS = 100;

interface State extends Shown {
  /** The highest peak since it was cleared, as a gain. */
  highest: number;
}

/**
 * The one painter of all meters: for each picture it reads every visible strip's levels from shared memory and draws those that
 * look different. Nothing of it passes through React.
 */
export class MeterPainter {
  private readonly surfaces = new Set<MeterSurface>();
  private readonly states = new Map<StripId, State>();
  private readonly strip = blankMeter();
  private readonly master = blankMaster();
  private readonly next = newPicture();
  private leave: (() => void) | null = null;
  private last = 0;
  private lastReadout = 0;

  constructor(private readonly meters: Meters) {}

  /** Paints `surface` from now on; the return stops it. */
  add(surface: MeterSurface): () => void {
    this.surfaces.add(surface);
    this.leave ??= onFrame(this.paint);
    return () => {
      this.surfaces.delete(surface);
      if (this.surfaces.size > 0) return;
      this.leave?.();
      this.leave = null;
    };
  }

  /** Puts out every clip lamp, and forgets the highest peaks. */
  clear(): void {
    this.meters.clearClips();
  }

  private readonly paint = (now: number): void => {
    const elapsed = Math.min(250, now - this.last);
    this.last = now;
    const tell = now - this.lastReadout >= READOUT_MS;
    if (tell) this.lastReadout = now;
    for (const surface of this.surfaces) this.paintSurface(surface, elapsed, now, tell);
  };

  private paintSurface(surface: MeterSurface, elapsed: number, now: number, tell: boolean): void {
    const view = surface.prepare();
    if (!view) return;
    for (const slot of surface.slots) {
      if (slot.until < view.from || slot.from > view.until) continue;
      const state = this.read(slot.strip, elapsed, now);
      pictureOf(state, slot.box.height, this.next);
      if (takeOver(slot.drawn, this.next))
        drawMeter(view.context, { ...slot.box, x: slot.box.x - view.origin }, view.colors, this.next, view.ratio);
      if (tell && slot.readout) show(slot.readout, state);
    }
  }

  private read(strip: StripId, elapsed: number, now: number): State {
    let state = this.states.get(strip);
    if (!state) {
      state = { left: newNeedle(), right: newNeedle(), rmsLeft: 0, rmsRight: 0, reduction: 0, clipped: false, highest: 0 };
      this.states.set(strip, state);
    }
    const meter = strip === MASTER ? this.master : this.strip;
    const there = strip === MASTER ? this.meters.readMaster(this.master) : this.meters.readStrip(strip, this.strip);
    swing(state.left, there ? meter.peakLeft : 0, elapsed, now);
    swing(state.right, there ? meter.peakRight : 0, elapsed, now);
    state.rmsLeft = there ? meter.rmsLeft : 0;
    state.rmsRight = there ? meter.rmsRight : 0;
    state.clipped = there && meter.clipped;
    state.reduction = there ? meter.gateReduction + meter.compReduction + (strip === MASTER ? this.master.limiterReduction : 0) : 0;
    if (there) state.highest = meter.highest;
    return state;
  }
}

function show(readout: HTMLElement, state: State): void {
  paintText(readout, level(gainToDecibels(state.highest)));
  const hot = String(state.highest >= 1);
  if (readout.dataset['over'] !== hot) readout.dataset['over'] = hot;
}
