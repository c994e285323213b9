import { type Estimate, type Probe, ProbeWindow } from './window';

/** How a page asks for the time: at first `burst` times, `gap` ms apart, and then once in `every` ms. */
export const PROBING = { burst: 40, gap: 60, every: 1000 } as const;

const SETTLING_PROBES = PROBING.burst;
const SLEW_PER_MS = 5e-3;
/** Farther outside of what is sure, the offset is known to be wrong. */
const STEP_MS = 5;

/** Server time as this machine knows it, from probes; rules 8 to 10 of SPEC.md. Every time is handed in. */
export class ServerClock {
  private readonly window = new ProbeWindow();
  private estimate: Estimate | null = null;
  private offset = 0;
  private offsetAt = 0;

  /** True once a first probe has come back; before that `toServer` answers local time. */
  get known(): boolean {
    return this.estimate !== null;
  }

  /** The true offset is no farther from the estimate than this, milliseconds; null before it is known. */
  get bound(): number | null {
    return this.estimate?.bound ?? null;
  }

  probe(probe: Probe): void {
    const estimate = this.window.add(probe);
    if (!estimate) return;
    const now = this.offsetNow(probe.arrived);
    const leap = !this.estimate || estimate.probes <= SETTLING_PROBES || Math.abs(estimate.offset - now) > estimate.bound + STEP_MS;
    this.offset = leap ? estimate.offset : now;
    this.offsetAt = probe.arrived;
    this.estimate = estimate;
  }

  /** Server time at local time `local`. */
  toServer(local: number): number {
    return local + this.offsetNow(local);
  }

  /** Local time at server time `server`, for times near now. */
  toLocal(server: number): number {
    // The offset moves by five thousandths at most: a third look at it is exact to a ten-millionth of what is left to go.
    const near = server - this.offsetNow(server - this.offset);
    const nearer = server - this.offsetNow(near);
    return server - this.offsetNow(nearer);
  }

  private offsetNow(local: number): number {
    if (!this.estimate) return 0;
    const reach = Math.max(0, local - this.offsetAt) * SLEW_PER_MS;
    const gap = this.estimate.offset - this.offset;
    return this.offset + Math.max(-reach, Math.min(reach, gap));
  }
}
