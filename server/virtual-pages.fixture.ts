import { vi } from 'vitest';
import type { Role } from '../lib/access';
import type { EngineState } from '../lib/audio';
import { DeskLine } from '../lib/audio/driver/line';
import { ContextClock } from '../lib/audio/transport/context-clock';
import { DeskPlayer } from '../lib/audio/transport/player';
import { LiveTransport } from '../lib/client/transport/transport';
import { PROBING, positionAt, ServerClock } from '../lib/clock';
import type { Chance } from '../lib/desk/chance';
import { Rig, simpleConsole } from '../lib/desk/rig';
import type { Alone, Anchor, TransportAction } from '../lib/protocol';
import { createStore, ok, Scope } from '../lib/std';
import { nextAnchor, restingAnchor } from './live/transport';

/** How one page is connected, and how well its machine keeps time. */
export interface Machine {
  /** Milliseconds to the service and back, each in addition by chance up to so much more. */
  readonly out: number;
  readonly back: number;
  readonly outJitter: number;
  readonly backJitter: number;
  /** By which the page's clock, and the sound device against the true time, run fast. */
  readonly clockDrift?: number;
  readonly deviceDrift?: number;
}

/** The song: a ramp of 8 s that goes round, so that each sample that is heard says where in the song it is from. */
const LENGTH = 384_000;
const RAMP = Float32Array.from({ length: LENGTH }, (_, n) => n / LENGTH - 0.5);
const LOOP = { from: 0, until: LENGTH / 48_000 };
/** From a sample's leaving the desk to its leaving the speakers, and what a reading of the device's clock is off by at most, ms. */
const DEVICE_MS = 40;
const READING_MS = 2.5;
const BLOCK_MS = 10;
const READ_EVERY_MS = 25;

/** A way on which nothing overtakes, as on one TCP connection. */
function way(base: number, jitter: number, chance: Chance): (arrive: () => void) => void {
  let last = 0;
  return (arrive) => {
    const now = performance.now();
    last = Math.max(last, now + base + jitter * chance.next());
    setTimeout(arrive, last - now);
  };
}

/** The service, whose clock is the true time (vitest's virtual one). Everything real but the network. */
export class VirtualService {
  private anchor: Anchor = { ...restingAnchor(performance.now()), loop: LOOP };
  private readonly hear: ((anchor: Anchor) => void)[] = [];

  join(hear: (anchor: Anchor) => void): Anchor {
    this.hear.push(hear);
    return this.anchor;
  }

  act(action: TransportAction): Anchor {
    this.anchor = nextAnchor(this.anchor, action, performance.now(), 'somebody');
    for (const each of this.hear) each(this.anchor);
    return this.anchor;
  }

  /** Where the song is for all, seconds. */
  position(): number {
    return positionAt(this.anchor, performance.now());
  }

  get playing(): boolean {
    return this.anchor.playing && performance.now() >= this.anchor.at;
  }
}

/** A page's clock, transport, player and desk, real, on a virtual machine. */
export class VirtualPage {
  readonly transport: LiveTransport;
  readonly player: DeskPlayer;
  private readonly scope = new Scope();
  private readonly rig: Rig;
  private readonly clock = new ServerClock();
  private readonly contextClock = new ContextClock();
  private readonly born = performance.now();
  private readonly offset: number;
  private readonly sound = createStore<EngineState>({ state: 'idle' });
  private frames = 0;
  /** The last sample that was rendered. */
  private last = 0;

  constructor(
    module: WebAssembly.Module,
    private readonly service: VirtualService,
    private readonly machine: Machine,
    private readonly chance: Chance,
  ) {
    this.offset = chance.next() * 1e7;
    const out = way(machine.out, machine.outJitter, chance);
    const back = way(machine.back, machine.backJitter, chance);
    this.rig = new Rig(module);
    const { desk } = this.rig;
    desk.write(simpleConsole([this.rig.addStem([RAMP, RAMP])]));
    this.rig.loopFrom = 0;
    this.rig.fill(0, 0);
    this.player = new DeskPlayer({ at: () => {}, loop: () => {}, holds: () => true }, this.scope, () => this.now());
    const anchor = createStore<Anchor | null>(null);
    const takes = (next: Anchor) => {
      if (next.version > (anchor.get()?.version ?? -1)) anchor.set(next);
    };
    const first = service.join((next) => back(() => takes(next)));
    this.transport = new LiveTransport({
      engine: { state: this.sound, player: this.player, start: async () => this.click() },
      clock: this.clock,
      anchor,
      connected: createStore(true),
      role: createStore<Role>('owner'),
      length: () => 0,
      led: createStore<Alone | 'together' | null>(null),
      leave: () => {},
      accompanied: () => true,
      act: (action) => new Promise((resolve) => out(() => resolve(ok(service.act(action))))),
      notify: () => {},
      now: () => this.now(),
      scope: this.scope,
    });
    const probe = () => {
      const sent = this.now();
      out(() => {
        const received = performance.now();
        back(() => this.clock.probe({ sent, received, answered: received, arrived: this.now() }));
      });
    };
    for (let n = 0; n < PROBING.burst; n++) this.scope.after(n * PROBING.gap, probe);
    this.scope.every(PROBING.every, probe);
    this.scope.every(BLOCK_MS, () => this.render());
    this.scope.every(READ_EVERY_MS, () => this.read());
    this.read();
    this.player.connect({ line: new DeskLine(desk, () => true), clock: this.contextClock, offset: 0 });
    back(() => takes(first));
  }

  /** Milliseconds by which what is heard is behind where the service says the song is; null while nothing is heard. */
  behind(): number | null {
    if (!this.service.playing || this.last === 0) return null;
    const heardAt = this.born + DEVICE_MS + (this.frames - 1) / this.rate;
    const heard = (this.last + 0.5) * LOOP.until;
    const there = this.service.position() + (heardAt - performance.now()) / 1000;
    const turns = Math.round((there - heard) / LOOP.until);
    return (there - heard - turns * LOOP.until) * 1000;
  }

  /** The gesture without which no browser makes a sound. */
  click(): void {
    this.sound.set({ state: 'running' });
  }

  close(): void {
    this.scope.close();
  }

  /** Frames of the device in a true millisecond. */
  private get rate(): number {
    return 48 * (1 + (this.machine.deviceDrift ?? 0));
  }

  private now(): number {
    return this.offset + performance.now() * (1 + (this.machine.clockDrift ?? 0));
  }

  private render(): void {
    const { desk } = this.rig;
    for (const until = (performance.now() - this.born) * this.rate; this.frames < until; this.frames += 128) {
      this.rig.fill(desk.position, 0);
      desk.process();
      this.last = desk.output(0)[127] ?? 0;
    }
  }

  private read(): void {
    const jitter = (this.chance.next() - 0.5) * 2 * READING_MS;
    const context = (performance.now() - this.born - DEVICE_MS) * (this.rate / 48);
    this.contextClock.add({ context: context / 1000, at: this.now() + jitter });
  }
}

/** What each page is behind by while virtual time passes, looked at every `every` ms; `null` where it was not heard. */
export function listen(pages: readonly VirtualPage[], ms: number, every = 250): (readonly (number | null)[])[] {
  const looks: (number | null)[][] = [];
  for (let passed = 0; passed < ms; passed += every) {
    vi.advanceTimersByTime(every);
    looks.push(pages.map((page) => page.behind()));
  }
  return looks;
}
