import { DeskDriver } from '../../../lib/audio/driver/driver';
import { DeskLine } from '../../../lib/audio/driver/line';
import { Chance } from '../../../lib/desk/chance';
import { Rig, sine } from '../../../lib/desk/rig';
import { BEFORE, splatter } from '../../../lib/desk/splatter';
import { MASTER, type Mix, type StripId, setValue } from '../../../lib/mix';
import { CommandedMix } from '../../support/commanded-mix';
import { anyHands } from './hands';

/** Peak of the loudest stem: so low that no sum comes near full scale, where the safety limiter bends waves. */
const TONE = 0.002;
const STEMS = ['one', 'two', 'three', 'four'] as const;
/** The loop, which has whole periods of 150 Hz. */
const LOOP = 192_000;
/** One move in so many solos something, or nothing any more. */
const SOLO = 0.06;

/** What was found in a stretch that was listened to. */
export interface Heard {
  /** See `splatter`, dB. */
  readonly click: number;
  readonly peak: number;
  readonly numbers: boolean;
}

/**
 * Tones through a console that hands keep putting together differently by commands, as people do it in a session, with the plan and the
 * driver of the page. All that they do bends no wave by itself: what clicks comes from the changing.
 */
export class RebuiltConsole {
  private readonly chance: Chance;
  private readonly made = new CommandedMix();
  private readonly rig: Rig;
  private readonly driver: DeskDriver;
  private readonly sources: ReadonlyMap<string, number>;
  private soloed: ReadonlySet<StripId> = new Set();
  private last: readonly Float32Array[] = [];
  private strips = 0;

  constructor(module: WebAssembly.Module, seed: number) {
    this.chance = new Chance(seed);
    this.rig = new Rig(module);
    this.sources = new Map(STEMS.map((id, nth) => [id, this.rig.addStem([sine(150 * (nth + 1), LOOP, TONE / (nth + 1))])]));
    this.driver = new DeskDriver(new DeskLine(this.rig.desk, () => true));
    this.made.do(setValue(this.mix, { on: 'strip', id: MASTER, parameter: 'limiter.on' }, 0));
    for (let n = 0; n < 12; n++) this.change();
    this.show();
    this.rig.desk.write([{ do: 'loop', range: { from: 0, until: LOOP } }]);
    this.rig.loopFrom = 0;
    this.rig.fill(0);
    this.rig.desk.write([{ do: 'start', position: 0 }]);
    this.last = this.rig.render(24_000);
  }

  get mix(): Mix {
    return this.made.mix;
  }

  /** Bytes of the desk's memory that are handed out, and all there are. */
  get memory(): { readonly used: number; readonly all: number } {
    const { heap, memory } = this.rig.desk;
    return { used: heap.used, all: memory.buffer.byteLength };
  }

  /** Something is done, and shown on the desk; its name. */
  move(): string {
    const name = this.chance.often(SOLO) ? this.solo() : this.change();
    this.show();
    return name;
  }

  /** Listens for `frames`. */
  listen(frames: number): Heard {
    const now = this.rig.render(frames);
    const sides = now.map((side, at) => Float32Array.from([...(this.last[at]?.slice(-BEFORE) ?? []), ...side]));
    this.last = now;
    const peak = Math.max(...sides.map((side) => side.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)));
    const numbers = sides.every((side) => side.every(Number.isFinite)) && this.rig.desk.faults.count === 0;
    return { click: Math.max(...sides.map((side) => splatter(side, TONE))), peak, numbers };
  }

  private show(): void {
    const { mix, sources, soloed } = this;
    if (!this.driver.show({ mix, sources, soloed, mode: 'in place', remote: this.chance.often(0.3) }))
      throw new Error('The desk takes nothing.');
  }

  private solo(): string {
    const strip = this.chance.of([...this.mix.strips.values()].filter(({ kind }) => kind !== 'master' && kind !== 'vca'));
    this.soloed = this.soloed.size > 0 ? new Set() : new Set([strip.id]);
    return this.soloed.size > 0 ? `solo ${strip.id}` : 'solo off';
  }

  /** One command that has something to do. */
  private change(): string {
    for (;;) {
      const { name, changes } = anyHands(this.mix, this.chance, STEMS, `s${this.strips++}`);
      if (changes.length === 0) continue;
      this.made.do(changes);
      return name;
    }
  }
}
