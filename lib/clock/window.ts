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

const WINDOW = 32;
/** What a millisecond of age costs a sample: crystals of two machines differ by tens of millionths. */
const AGE_COST = 30e-6;
const DRIFT = 100e-6;
const STEP_MS = 2;

const outOf = (probe: Probe) => probe.received - probe.sent;
const backOf = (probe: Probe) => probe.arrived - probe.answered;

function least(probes: readonly Probe[], way: (probe: Probe) => number, now: number): number {
  let best = Number.POSITIVE_INFINITY;
  let cost = Number.POSITIVE_INFINITY;
  for (const probe of probes) {
    const paid = way(probe) + (now - probe.arrived) * AGE_COST;
    if (paid < cost) {
      cost = paid;
      best = way(probe);
    }
  }
  return best;
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
    if (this.contradicts(probe)) {
      this.probes = [];
      this.count = 0;
    }
    this.probes.push(probe);
    this.count++;
    if (this.probes.length > WINDOW) this.probes.shift();
    const out = least(this.probes, outOf, probe.arrived);
    const back = least(this.probes, backOf, probe.arrived);
    return { offset: (out - back) / 2, bound: Math.max(0, (out + back) / 2), probes: this.count };
  }

  private contradicts(probe: Probe): boolean {
    const first = this.probes[0];
    if (!first) return false;
    const slack = STEP_MS + (probe.arrived - first.arrived) * DRIFT;
    const highest = Math.min(...this.probes.map(outOf));
    const lowest = -Math.min(...this.probes.map(backOf));
    return outOf(probe) < lowest - slack || -backOf(probe) > highest + slack;
  }
}
