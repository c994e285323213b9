/** One exchange with the server, milliseconds: `sent` and `arrived` by the local clock, the others by the server's. */
export interface Probe {
  readonly sent: number;
  readonly received: number;
  readonly answered: number;
  readonly arrived: number;
}

export interface Estimate {
  /** Milliseconds to add to local time to get server time. */
  readonly offset: number;
  /** The true offset is no farther from `offset` than this, milliseconds. */
  readonly bound: number;
  /** Probes since the window began, those that have since left it included. */
  readonly probes: number;
}

/** Probes kept, by which the drift is found, and the latest of them, by which the offset is. */
const KEPT = 384;
const LATEST = 96;
/** No two clocks drift apart by more: crystals of machines differ by tens of millionths. */
const MOST_DRIFT = 150e-6;
/** What a drift has to gain to be believed: of each millisecond that it explains over the whole window, so much. */
const DOUBT = 0.25;
const STEP_MS = 2;

const outOf = (probe: Probe) => probe.received - probe.sent;
const backOf = (probe: Probe) => probe.arrived - probe.answered;

/**
 * The least ways out and back as they would be at `now`, had the server gained `drift` on us since; `doubt`: or so much more or
 * less, whichever makes the way longer.
 */
function leastWays(probes: readonly Probe[], now: number, drift: number, doubt = 0): { readonly out: number; readonly back: number } {
  let out = Number.POSITIVE_INFINITY;
  let back = Number.POSITIVE_INFINITY;
  for (const probe of probes) {
    const age = now - probe.arrived;
    out = Math.min(out, outOf(probe) + (doubt + drift) * age);
    back = Math.min(back, backOf(probe) + (doubt - drift) * age);
  }
  return { out, back };
}

/**
 * How fast the server's clock gains on ours: with the true drift the delays that all probes have at least are the longest, as two
 * parallel lines between which no probe lies are farthest apart in their direction. (After S. Moon, P. Skelly, D. Towsley,
 * "Estimation and removal of clock skew from network delay measurements", 1999, for both ways at once.)
 */
function driftOf(probes: readonly Probe[], now: number): number {
  const span = now - (probes[0]?.arrived ?? now);
  const merit = (drift: number) => {
    const { out, back } = leastWays(probes, now, drift);
    return out + back - DOUBT * Math.abs(drift) * span;
  };
  let [low, high] = [-MOST_DRIFT, MOST_DRIFT];
  // The merit is concave: by thirds, to a thousandth of a millionth.
  for (let step = 0; step < 30; step++) {
    const third = (high - low) / 3;
    if (merit(low + third) < merit(high - third)) low += third;
    else high -= third;
  }
  return (low + high) / 2;
}

const plausible = (probe: Probe) =>
  [probe.sent, probe.received, probe.answered, probe.arrived].every(Number.isFinite) &&
  probe.arrived >= probe.sent &&
  probe.answered >= probe.received;

/** The last probes and what they say of the offset; rules 1 to 7 of SPEC.md. */
export class ProbeWindow {
  private probes: Probe[] = [];
  private count = 0;

  /** Takes a probe in; null when it was of no use. */
  add(probe: Probe): Estimate | null {
    if (!plausible(probe)) return null;
    const now = probe.arrived;
    if (this.contradicts(probe)) {
      this.probes = [];
      this.count = 0;
    }
    this.probes.push(probe);
    this.count++;
    if (this.probes.length > KEPT) this.probes.shift();
    const latest = this.probes.slice(-LATEST);
    const ways = leastWays(latest, now, driftOf(this.probes, now));
    const sure = leastWays(latest, now, 0, MOST_DRIFT);
    const offset = Math.max(-sure.back, Math.min(sure.out, (ways.out - ways.back) / 2));
    return { offset, bound: Math.max(0, sure.out - offset, offset + sure.back), probes: this.count };
  }

  /** Whether no offset that drifts as much as clocks do fits both this probe and those before. */
  private contradicts(probe: Probe): boolean {
    const { out, back } = leastWays(this.probes.slice(-LATEST), probe.arrived, 0, MOST_DRIFT);
    return outOf(probe) < -back - STEP_MS || -backOf(probe) > out + STEP_MS;
  }
}
