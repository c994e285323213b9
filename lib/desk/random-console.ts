import { INSERT_ROWS, INSERT_TYPES, type InsertType, type ParameterRow, SEND_ROWS, STRIP_ROWS } from '../mix';
import { Chance } from './chance';
import type { Operation } from './operation';
import { type Control, RandomLanes } from './random-lanes';
import { MASTER_SLOT, noise, type Rig, simpleConsole, strip } from './rig';

const STEMS = 8;
const GROUPS = 3;
const AUXES = 3;
const VCAS = 2;
/** The song: three segments, which the three slots of the rig hold all the time. */
const SONG_FRAMES = 3 * 192_000;

const slots = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);
const STEM_SLOTS = slots(1, STEMS);
const GROUP_SLOTS = slots(1 + STEMS, GROUPS);
const AUX_SLOTS = slots(1 + STEMS + GROUPS, AUXES);
const VCA_SLOTS = slots(1 + STEMS + GROUPS + AUXES, VCAS);
const SENDING = [...STEM_SLOTS, ...GROUP_SLOTS];
const SOUNDING = [...SENDING, ...AUX_SLOTS];

/** What would only make it silent, so that there is something to hear and to compare. */
const AT_FIRST: Readonly<Record<string, number>> = { mute: 0, fader: -6 };

interface Owner {
  readonly on: 'strip' | 'send' | 'insert';
  readonly slot: number;
  readonly rows: readonly ParameterRow[];
}

/**
 * A console made by a seed: every type of insert, VCAs, keys, ways that wait, every parameter somewhere in its range and on a
 * lane somewhere, and hands that move all of it.
 */
export class RandomConsole {
  private readonly chance: Chance;
  private readonly owners: Owner[] = [];
  private readonly chains = new Map<number, number[]>();
  private readonly waits = new Map<string, number>();
  private readonly lanes: RandomLanes;

  constructor(
    private readonly rig: Rig,
    seed: number,
  ) {
    this.chance = new Chance(seed);
    const order = [...VCA_SLOTS, ...SOUNDING, MASTER_SLOT];
    rig.desk.write([
      ...simpleConsole(this.sources()),
      ...this.added(GROUP_SLOTS, 'group'),
      ...this.added(AUX_SLOTS, 'aux'),
      ...this.added(VCA_SLOTS, 'vca'),
      ...SENDING.map((slot) => this.route(slot)),
      ...AUX_SLOTS.map((slot): Operation => ({ do: 'output', strip: slot, to: MASTER_SLOT })),
      { do: 'order', strips: order },
      ...SOUNDING.map((slot) => this.followers(slot)),
      ...SENDING.map((slot) => this.key(slot)),
      ...STEM_SLOTS.map(
        (strip): Operation => ({ do: 'delayLine', strip, address: rig.desk.heap.allocate(rig.desk.layout.delayLineBytes) }),
      ),
    ]);
    for (const slot of order) this.owners.push({ on: 'strip', slot, rows: STRIP_ROWS });
    rig.desk.write([...this.sends(), ...this.inserts(), ...SOUNDING.map((slot) => this.outputWait(slot))]);
    rig.desk.write(SENDING.flatMap((slot) => [this.ownWait('inputWait', slot), this.ownWait('keyWait', slot)]));
    rig.desk.write([{ do: 'latency', frames: this.chance.below(rig.desk.layout.longestWait) }]);
    for (const owner of this.owners) {
      rig.desk.write(owner.rows.map((row, parameter) => this.value({ ...owner, row, parameter }, AT_FIRST[row.id], true)));
    }
    rig.desk.write([strip(MASTER_SLOT, 'limiter.on', 1), strip(MASTER_SLOT, 'fader', -3)]);
    this.lanes = new RandomLanes(rig, this.chance, this.automated(), SONG_FRAMES);
    rig.desk.write(Array.from({ length: this.lanes.count }, (_, number) => this.lanes.draw(number)));
    rig.desk.write(
      Array.from({ length: this.lanes.count }, (_, lane): Operation => ({ do: 'laneLate', lane, frames: this.chance.below(4800) })),
    );
  }

  /** So many things that hands do at once: mostly values, some of them somebody else's; now and then lanes, ways and chains. */
  moves(count: number): Operation[] {
    return Array.from({ length: count }, () => {
      const kind = this.chance.next();
      if (kind < 0.005) return this.rebuilding();
      if (kind < 0.02) return this.lanes.draw(this.chance.below(this.lanes.count), this.chance.often(0.5));
      if (kind < 0.06) return { do: 'holdLane', lane: this.chance.below(this.lanes.count), on: this.chance.often(0.5) };
      const owner = this.chance.of(this.owners);
      const parameter = this.chance.below(owner.rows.length);
      const row = this.chance.of(owner.rows.slice(parameter, parameter + 1));
      // The master stays open, and most effects on: else there is soon nothing left to hear.
      const kept = owner.on === 'strip' && owner.slot === MASTER_SLOT ? AT_FIRST[row.id] : undefined;
      return this.value({ ...owner, row, parameter }, kept, false);
    });
  }

  private value({ on, slot, parameter, row }: Control, kept: number | undefined, snap: boolean): Operation {
    const on1 = row.law === 'switch' && row.id === 'on' && (snap || this.chance.often(0.8)) ? 1 : undefined;
    const unmuted = row.id === 'mute' && this.chance.often(0.8) ? 0 : undefined;
    const value = kept ?? on1 ?? unmuted ?? this.chance.valueOf(row);
    return { do: 'value', on, slot, parameter, value, snap, remote: !snap && this.chance.often(0.3) };
  }

  /** What a plan does when people change how the console is put together. */
  private rebuilding(): Operation {
    const { chance } = this;
    const strip = chance.of(SENDING);
    const kinds: readonly (() => Operation)[] = [
      () => this.route(strip),
      () => this.followers(chance.of(SOUNDING)),
      () => this.key(strip),
      () => this.outputWait(chance.of(SOUNDING)),
      () => this.ownWait('inputWait', strip),
      () => this.ownWait('keyWait', strip),
      () => ({ do: 'laneLate', lane: chance.below(this.lanes.count), frames: chance.below(9600) }),
      () => this.sendWait(chance.below(SENDING.length * AUXES)),
      () => ({ do: 'audible', strip, on: chance.often(0.8) }),
      () => ({ do: 'tempo', tempo: 40 + chance.below(200) }),
      () => ({ do: 'jump', frames: chance.below(9600) - 4800 }),
      () => this.reordered(chance.of([...this.chains.keys()])),
    ];
    return chance.of(kinds)();
  }

  private added(strips: readonly number[], kind: 'group' | 'aux' | 'vca'): Operation[] {
    return strips.map((slot) => ({ do: 'addStrip', slot, kind }));
  }

  /** Noise on one side, on two, and one that comes and goes. */
  private sources(): number[] {
    const pulsed = noise(SONG_FRAMES, 0.8, 4).map((sample, n) => (n % 24_000 < 3000 ? sample : 0));
    const made = [[noise(SONG_FRAMES, 0.4, 1)], [noise(SONG_FRAMES, 0.3, 2), noise(SONG_FRAMES, 0.3, 3)], [pulsed]];
    const numbers = made.map((stem) => this.rig.addStem(stem));
    return STEM_SLOTS.map((slot) => numbers[slot % numbers.length] ?? 0);
  }

  /** To a group that comes later, or to the master. */
  private route(slot: number): Operation {
    return { do: 'output', strip: slot, to: this.chance.of([...GROUP_SLOTS.filter((group) => group > slot), MASTER_SLOT]) };
  }

  private followers(slot: number): Operation {
    return { do: 'vcas', strip: slot, vcas: VCA_SLOTS.filter(() => this.chance.often(0.4)) };
  }

  /** A strip that comes before, or itself. */
  private key(slot: number): Operation {
    return { do: 'key', strip: slot, key: this.chance.of([-1, ...SENDING.filter((other) => other < slot)]) };
  }

  private wait(way: string): { frames: number; address: number } {
    const { desk } = this.rig;
    const address = this.waits.get(way) ?? desk.heap.allocate(desk.layout.waitBytes);
    this.waits.set(way, address);
    return { address, frames: this.chance.often(0.3) ? 0 : this.chance.below(desk.layout.longestWait + 1) };
  }

  private outputWait(slot: number): Operation {
    return { do: 'outputWait', strip: slot, ...this.wait(`strip ${slot}`) };
  }

  /** What goes into a strip waits, or what its compressor listens to. */
  private ownWait(way: 'inputWait' | 'keyWait', slot: number): Operation {
    return { do: way, strip: slot, ...this.wait(`${way} ${slot}`) };
  }

  private sendWait(slot: number): Operation {
    return { do: 'sendWait', slot, ...this.wait(`send ${slot}`) };
  }

  private sends(): Operation[] {
    return SENDING.flatMap((from, place) =>
      AUX_SLOTS.flatMap((to, index): Operation[] => {
        const slot = place * AUXES + index;
        this.owners.push({ on: 'send', slot, rows: SEND_ROWS });
        return [{ do: 'addSend', slot, from, to }, this.sendWait(slot)];
      }),
    );
  }

  /** Every type once on each of two strips, as many on a strip as it takes. */
  private inserts(): Operation[] {
    const { desk } = this.rig;
    for (const slot of SOUNDING) this.chains.set(slot, []);
    const types: InsertType[] = [...INSERT_TYPES, ...INSERT_TYPES];
    const added = types.map((type, slot): Operation => {
      this.chains.get(SOUNDING[slot % SOUNDING.length] ?? 1)?.push(slot);
      this.owners.push({ on: 'insert', slot, rows: INSERT_ROWS[type] });
      return { do: 'addInsert', slot, type, address: desk.heap.allocate(desk.insertBytes(type)) };
    });
    return [...added, ...SOUNDING.map((strip): Operation => ({ do: 'chain', strip, inserts: this.chains.get(strip) ?? [] }))];
  }

  private reordered(strip: number): Operation {
    return { do: 'chain', strip, inserts: this.chance.shuffled(this.chains.get(strip) ?? []) };
  }

  /** For every parameter that there is one control, each of a strip's on another strip. */
  private automated(): Control[] {
    const controls = (on: Owner['on'], rows: readonly ParameterRow[], slotOf: (parameter: number, row: ParameterRow) => number) =>
      rows.map((row, parameter): Control => ({ on, row, parameter, slot: slotOf(parameter, row) }));
    const master = ({ kinds }: ParameterRow) => kinds?.length === 1 && kinds[0] === 'master';
    return [
      ...controls('strip', STRIP_ROWS, (parameter, row) => (master(row) ? MASTER_SLOT : (SOUNDING[parameter % SOUNDING.length] ?? 1))),
      ...controls('strip', STRIP_ROWS, () => VCA_SLOTS[0] ?? 0).filter(({ row }) => row.id === 'fader' || row.id === 'mute'),
      ...controls('send', SEND_ROWS, (parameter) => parameter),
      ...INSERT_TYPES.flatMap((type, slot) => controls('insert', INSERT_ROWS[type], () => slot)),
    ];
  }
}

/** Frames between two times that hands move something, and how long before their frame the desk is told. */
const EVERY = 1280;
const AHEAD = 4800;

/**
 * Six seconds of a random console while hands move it, with a jump and a loop, in blocks of `block` frames: both sides as bytes,
 * one after the other. Two machines are equal where these are.
 */
export function renderRandom(
  module: WebAssembly.Module,
  rigOf: (module: WebAssembly.Module) => Rig,
  seed: number,
  block = 128,
): Uint8Array<ArrayBuffer> {
  const rig = rigOf(module);
  const { desk } = rig;
  const console = new RandomConsole(rig, seed);
  const frames = 6 * 48_000;
  rig.fill(0);
  desk.write([
    { do: 'loop', range: { from: 48_000, until: 200_000 } },
    { do: 'start', position: 12_345 },
    { do: 'jump', frames: 777, at: 96_000 },
  ]);
  const sides = new Float32Array(2 * frames);
  let told = 0;
  for (let done = 0; done < frames; done += block) {
    for (; told <= done; told += EVERY) desk.write(console.moves(4).map((move) => ({ ...move, at: told + AHEAD })));
    const count = Math.min(block, frames - done);
    desk.process(count);
    sides.set(desk.mix(0, count), done);
    sides.set(desk.mix(1, count), frames + done);
  }
  return new Uint8Array(sides.buffer);
}
