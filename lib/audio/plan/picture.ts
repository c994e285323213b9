import type { ValueOwner } from '../../desk';
import type {
  Compensation,
  FixedLatencies,
  Insert,
  InsertId,
  InsertType,
  Mix,
  ParameterRow,
  Send,
  SendId,
  SoloGates,
  Strip,
  StripId,
  StripKind,
  StripPath,
  Target,
  Values,
} from '../../mix';
import { comesOn, compensation, INSERT_ROWS, lateness, MASTER, processingOrder, SEND_ROWS, STRIP_ROWS, stripPath } from '../../mix';
import { type LanePicture, picturesOfLanes } from './lanes';
import { allocateSlots, type Slots } from './slots';

/** What the desk shows a mix with. */
export interface Surroundings {
  /** The desk's source of each stem that can play. */
  readonly sources: ReadonlyMap<string, number>;
  /** What this machine's solo leaves open; null where nothing is soloed. */
  readonly solo: SoloGates | null;
  readonly room: DeskRoom;
  /** Everything but the master gets a slot of its own beside what `before` has; see `switchStages`. */
  readonly fresh?: boolean;
}

/** What fits into the desk. */
export interface DeskRoom {
  readonly strips: number;
  readonly sends: number;
  readonly inserts: number;
  readonly insertsOfStrip: number;
  /** Frames a way between strips can wait at most. */
  readonly longestWait: number;
  readonly latencies: FixedLatencies;
  readonly lanes: number;
}

interface Valued {
  readonly slot: number;
  readonly rows: readonly ParameterRow[];
  readonly values: Values;
}

export interface StripPicture extends Valued {
  readonly kind: StripKind;
  readonly source: number;
  readonly output: number;
  /** False where a solo leaves it out. */
  readonly audible: boolean;
  readonly chain: readonly number[];
  /** The VCAs it follows. */
  readonly vcas: readonly number[];
  /** What its compressor listens to, −1 for itself. */
  readonly key: number;
  /** Frames its sound waits on the way to its output; before it enters; and what its compressor listens to. */
  readonly wait: number;
  readonly inputWait: number;
  readonly keyWait: number;
  /** Whether its delay is on, or may come on by automation, and so needs memory. */
  readonly delayed: boolean;
}

export interface SendPicture extends Valued {
  readonly from: number;
  readonly to: number;
  /** Frames it waits on its way. */
  readonly wait: number;
}

export interface InsertPicture extends Valued {
  readonly type: InsertType;
}

/** A mix as the desk holds it: everything in its slot. What does not fit is left out. */
export interface DeskPicture {
  readonly strips: ReadonlyMap<StripId, StripPicture>;
  readonly sends: ReadonlyMap<SendId, SendPicture>;
  readonly inserts: ReadonlyMap<InsertId, InsertPicture>;
  readonly order: readonly number[];
  readonly tempo: number;
  /** Frames from a stem to the end of the master strip. */
  readonly latency: number;
  /** Strips that come early all the same, and by how many frames. */
  readonly ahead: ReadonlyMap<StripId, number>;
  readonly lanes: ReadonlyMap<string, LanePicture>;
}

/** A strip of the desk alone, before the master: all that goes to the master meets in it once mixes have been switched. */
export const SUM: StripId = '#sum';

const DESK_DEFAULT_TEMPO = 120;

/** The empty desk. */
export const NO_PICTURE: DeskPicture = {
  strips: new Map(),
  sends: new Map(),
  inserts: new Map(),
  order: [],
  tempo: DESK_DEFAULT_TEMPO,
  latency: 0,
  ahead: new Map(),
  lanes: new Map(),
};

const slotsOf = <Id extends string>(pictures: ReadonlyMap<Id, Valued>): Slots<Id> =>
  new Map([...pictures].map(([id, picture]) => [id, picture.slot]));

/** Inserts of each strip in the order of the signal, ties broken by id. */
function chainsOf(mix: Mix, most: number): ReadonlyMap<StripId, readonly Insert[]> {
  const chains = new Map<StripId, Insert[]>();
  for (const insert of mix.inserts.values()) {
    if (!mix.strips.has(insert.strip)) continue;
    const chain = chains.get(insert.strip);
    if (chain) chain.push(insert);
    else chains.set(insert.strip, [insert]);
  }
  const rank = (insert: Insert) => `${insert.order} ${insert.id}`;
  for (const [strip, chain] of chains) {
    chains.set(strip, chain.sort((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, most));
  }
  return chains;
}

/** The path through each strip with sound, as far as its inserts fit into the desk. */
function pathsOf(mix: Mix, chains: ReadonlyMap<StripId, readonly Insert[]>, { latencies }: DeskRoom): ReadonlyMap<StripId, StripPath> {
  const strips = [...mix.strips.values()].filter(({ kind }) => kind !== 'vca');
  return new Map(strips.map((strip) => [strip.id, stripPath(strip, chains.get(strip.id) ?? [], comesOn(mix, strip, 'sat'), latencies)]));
}

/**
 * The picture of `mix` in which everything that `before` holds keeps its slot. `sources` has the desk's source of each
 * stem that can play.
 */
export function pictureOf(mix: Mix, before: DeskPicture, { sources, solo, room, fresh = false }: Surroundings): DeskPicture {
  // VCAs come first, so that what follows them knows what they do in the same chunk.
  const order = [...[...mix.strips.values()].filter((strip) => strip.kind === 'vca'), ...processingOrder(mix)];
  // What has changed its kind is another thing, and takes a new slot.
  const kept = [...before.strips].filter(([id, strip]) => (fresh ? id === MASTER : id === SUM || mix.strips.get(id)?.kind === strip.kind));
  const summed = fresh || before.strips.has(SUM);
  const taken = <Id extends string>(pictures: ReadonlyMap<Id, { readonly slot: number }>) =>
    new Set(fresh ? [...pictures.values()].map(({ slot }) => slot) : []);
  const ids = new Set([MASTER, ...(summed ? [SUM] : []), ...mix.strips.keys()]);
  const stripSlots = allocateSlots(slotsOf(new Map(kept)), ids, room.strips, taken(before.strips));
  const sum = stripSlots.get(SUM);
  const chains = chainsOf(mix, room.insertsOfStrip);
  const ofMaster = new Set((chains.get(MASTER) ?? []).map(({ id }) => id));
  const keptInserts = fresh ? new Map([...before.inserts].filter(([id]) => ofMaster.has(id))) : before.inserts;
  const inserts = picturesOfInserts([...chains.values()].flat(), keptInserts, room.inserts, taken(before.inserts));
  const paths = pathsOf(mix, chains, room);
  const waits = compensation(mix, paths, room.longestWait);
  const outputSlot = (output: StripId) => (output === MASTER ? sum : undefined) ?? stripSlots.get(output) ?? -1;
  const pictureOfStrip = (strip: Strip, slot: number): StripPicture => ({
    slot,
    rows: STRIP_ROWS,
    values: strip.values,
    kind: strip.kind,
    source: strip.stem === null ? -1 : (sources.get(strip.stem) ?? -1),
    // A strip that only feeds a soloed effect is led nowhere, so that its sends still sound.
    output: strip.output === null || solo?.sendsOnly.has(strip.id) ? -1 : outputSlot(strip.output),
    audible: !solo || solo.open.has(strip.id) || solo.sendsOnly.has(strip.id),
    vcas: strip.vcas.flatMap((vca) => stripSlots.get(vca) ?? []),
    key: strip.key === undefined ? -1 : (stripSlots.get(strip.key) ?? -1),
    wait: waits.outputs.get(strip.id) ?? 0,
    inputWait: waits.inputs.get(strip.id) ?? 0,
    keyWait: waits.keys.get(strip.id) ?? 0,
    delayed: comesOn(mix, strip, 'delay'),
    chain: (chains.get(strip.id) ?? []).flatMap((insert) => inserts.get(insert.id)?.slot ?? []),
  });
  const picture = {
    strips: new Map(
      order
        .flatMap((strip) => {
          const slot = stripSlots.get(strip.id);
          return slot === undefined ? [] : [[strip.id, pictureOfStrip(strip, slot)] as const];
        })
        .concat(sum === undefined ? [] : [[SUM, pictureOfSum(sum, stripSlots.get(MASTER) ?? -1)]]),
    ),
    sends: picturesOfSends(
      [...mix.sends.values()].filter((send) => !solo?.closedSends.has(send.id)),
      fresh ? NO_SENDS : slotsOf(before.sends),
      stripSlots,
      { capacity: room.sends, taken: taken(before.sends) },
      waits.sends,
    ),
    inserts,
    order: order.flatMap(({ id }) => (id === MASTER && sum !== undefined ? [sum] : []).concat(stripSlots.get(id) ?? [])),
    tempo: mix.settings.tempo,
    latency: waits.total,
    ahead: waits.ahead,
    lanes: before.lanes,
  };
  const placeOfLane = (target: Target) => {
    const place = placeOf(picture, target);
    return place && { ...place, late: lateness(mix, target, paths, waits.arrivals) };
  };
  const isKept = ({ on, owner }: LanePicture) =>
    on === 'strip' ? owner === stripSlots.get(MASTER) : [...keptInserts.values()].some(({ slot }) => slot === owner && on === 'insert');
  const keptLanes = fresh ? new Map([...before.lanes].filter(([, lane]) => isKept(lane))) : before.lanes;
  return { ...picture, lanes: picturesOfLanes(mix, keptLanes, placeOfLane, room.lanes, taken(before.lanes)) };
}

const NO_SENDS: Slots<SendId> = new Map();

const pictureOfSum = (slot: number, master: number): StripPicture => ({
  ...{ slot, rows: STRIP_ROWS, values: {}, kind: 'group', source: -1, output: master, audible: true, chain: [], vcas: [] },
  ...{ key: -1, wait: 0, inputWait: 0, keyWait: 0, delayed: false },
});

function picturesOfInserts(
  inserts: readonly Insert[],
  before: ReadonlyMap<InsertId, InsertPicture>,
  capacity: number,
  taken: ReadonlySet<number>,
): ReadonlyMap<InsertId, InsertPicture> {
  const types = new Map(inserts.map((insert) => [insert.id, insert.type]));
  const kept = [...before].filter(([id, insert]) => types.get(id) === insert.type);
  const slots = allocateSlots(slotsOf(new Map(kept)), types.keys(), capacity, taken);
  return new Map(
    inserts.flatMap((insert) => {
      const slot = slots.get(insert.id);
      if (slot === undefined) return [];
      return [[insert.id, { slot, rows: INSERT_ROWS[insert.type], values: insert.values, type: insert.type }] as const];
    }),
  );
}

function picturesOfSends(
  sends: Iterable<Send>,
  before: Slots<SendId>,
  strips: Slots<StripId>,
  { capacity, taken }: { readonly capacity: number; readonly taken: ReadonlySet<number> },
  waits: Compensation['sends'],
): ReadonlyMap<SendId, SendPicture> {
  const connected = [...sends].filter((send) => strips.has(send.from) && strips.has(send.to));
  const slots = allocateSlots(
    before,
    connected.map((send) => send.id),
    capacity,
    taken,
  );
  return new Map(
    connected.flatMap((send) => {
      const slot = slots.get(send.id);
      const from = strips.get(send.from);
      const to = strips.get(send.to);
      if (slot === undefined || from === undefined || to === undefined) return [];
      return [[send.id, { slot, rows: SEND_ROWS, values: send.values, from, to, wait: waits.get(send.id) ?? 0 }] as const];
    }),
  );
}

/** Who has a control, with all values that differ from their defaults. */
export function valuesIn(picture: DeskPicture, target: Target): Valued | undefined {
  if (target.on === 'send') return picture.sends.get(target.id);
  return target.on === 'insert' ? picture.inserts.get(target.id) : picture.strips.get(target.id);
}

/** What a picture says of a control; null where it has none. */
export function valueIn(picture: DeskPicture, target: Target): number | null {
  const owner = valuesIn(picture, target);
  const row = owner?.rows.find((one) => one.id === target.parameter);
  return owner && row ? (owner.values[row.id] ?? row.default) : null;
}

/** Where the desk holds a control: the owner's slot and the row's place in its table; null where it holds none. */
export function placeOf(picture: DeskPicture, target: Target): { on: ValueOwner; slot: number; parameter: number } | null {
  const owner = valuesIn(picture, target);
  const parameter = owner?.rows.findIndex((row) => row.id === target.parameter) ?? -1;
  return owner && parameter >= 0 ? { on: target.on, slot: owner.slot, parameter } : null;
}
