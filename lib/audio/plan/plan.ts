import type { ValueOwner } from '../../desk';
import { targetOf } from '../../mix';
import { type LanePicture, sameLane } from './lanes';
import type { PlannedOperation } from './operation';
import { type DeskPicture, type InsertPicture, placeOf, type SendPicture, type StripPicture, valuesIn } from './picture';

type ValuedPicture = StripPicture | SendPicture | InsertPicture;

/** The values that differ; what is no longer said goes back to its row's default. */
function valueOperations(on: ValueOwner, before: ValuedPicture | undefined, after: ValuedPicture, remote: boolean): PlannedOperation[] {
  if (before?.values === after.values) return [];
  const operations: PlannedOperation[] = [];
  after.rows.forEach((row, parameter) => {
    const value = after.values[row.id] ?? row.default;
    const was = before?.values[row.id] ?? row.default;
    if (value === was) return;
    const how = before === undefined ? { snap: true } : { snap: false, remote };
    operations.push({ do: 'value', on, slot: after.slot, parameter, value, ...how });
  });
  return operations;
}

const sameList = (a: readonly number[], b: readonly number[]) => a.length === b.length && a.every((value, index) => value === b[index]);

/** A thing is the same one while it keeps its slot and what cannot change about it. */
function survivor<Id extends string, P extends ValuedPicture>(
  before: ReadonlyMap<Id, P>,
  id: Id,
  after: P,
  same: (a: P, b: P) => boolean,
): P | undefined {
  const was = before.get(id);
  return was && was.slot === after.slot && same(was, after) ? was : undefined;
}

function gone<Id extends string, P extends ValuedPicture>(
  before: ReadonlyMap<Id, P>,
  after: ReadonlyMap<Id, P>,
  same: (a: P, b: P) => boolean,
): number[] {
  return [...before].flatMap(([id, was]) => {
    const is = after.get(id);
    return is && survivor(before, id, is, same) ? [] : [was.slot];
  });
}

const sameStrip = (a: StripPicture, b: StripPicture) => a.kind === b.kind;
const sameSend = (a: SendPicture, b: SendPicture) => a.from === b.from && a.to === b.to;
const sameInsert = (a: InsertPicture, b: InsertPicture) => a.type === b.type;

/** What a control stands at without its lane. */
function standing(picture: DeskPicture, key: string, { on, owner, parameter }: LanePicture, remote: boolean): PlannedOperation[] {
  const target = targetOf(key);
  const place = target && placeOf(picture, target);
  const values = target && valuesIn(picture, target);
  const value = values?.values[target?.parameter ?? ''] ?? values?.rows[parameter]?.default;
  return place?.slot === owner && value !== undefined ? [{ do: 'value', on, slot: owner, parameter, value, remote }] : [];
}

/** Lanes that go give their controls back; lanes that came or changed get their points, the rises of which are gentle. */
function laneOperations(before: DeskPicture, after: DeskPicture, remote: boolean): PlannedOperation[] {
  const operations: PlannedOperation[] = [];
  for (const [key, was] of before.lanes) {
    if (after.lanes.has(key)) continue;
    operations.push({ do: 'lane', lane: was.slot, on: was.on, slot: was.owner, parameter: was.parameter, points: [] });
    operations.push(...standing(after, key, was, remote));
  }
  for (const [key, lane] of after.lanes) {
    const was = before.lanes.get(key);
    const same = was !== undefined && sameLane(was, lane);
    const { slot, on, owner, parameter, points, late } = lane;
    if (!same) operations.push({ do: 'lane', lane: slot, on, slot: owner, parameter, points, remote: true });
    if (late !== (same ? was.late : 0)) operations.push({ do: 'laneLate', lane: slot, frames: late });
  }
  return operations;
}

/**
 * The operations that bring a desk showing `before` to show `after`. First what goes, then what comes, then how it is
 * connected, so that nothing ever points at an empty slot. `remote`: somebody else changed it, so that rises are limited.
 */
export function planPictures(before: DeskPicture, after: DeskPicture, remote: boolean): PlannedOperation[] {
  const removed: PlannedOperation[] = [
    ...gone(before.sends, after.sends, sameSend).map((slot) => ({ do: 'removeSend', slot }) as const),
    ...gone(before.strips, after.strips, sameStrip).map((slot) => ({ do: 'removeStrip', slot }) as const),
    ...gone(before.inserts, after.inserts, sameInsert).map((slot) => ({ do: 'removeInsert', slot }) as const),
  ];
  const added: PlannedOperation[] = [];
  const connected: PlannedOperation[] = [];
  for (const [id, insert] of after.inserts) {
    const was = survivor(before.inserts, id, insert, sameInsert);
    if (!was) added.push({ do: 'addInsert', slot: insert.slot, type: insert.type });
    added.push(...valueOperations('insert', was, insert, remote));
  }
  for (const [id, strip] of after.strips) {
    const was = survivor(before.strips, id, strip, sameStrip);
    const { slot, kind, source, output, audible } = strip;
    if (!was) added.push({ do: 'addStrip', slot, kind });
    added.push(...valueOperations('strip', was, strip, remote));
    if ((was?.source ?? -1) !== source) connected.push({ do: 'source', strip: slot, source });
    if ((was?.output ?? -1) !== output) connected.push({ do: 'output', strip: slot, to: output });
    if ((was?.audible ?? true) !== audible) connected.push({ do: 'audible', strip: slot, on: audible });
    if (!sameList(was?.vcas ?? [], strip.vcas)) connected.push({ do: 'vcas', strip: slot, vcas: strip.vcas });
    if ((was?.key ?? -1) !== strip.key) connected.push({ do: 'key', strip: slot, key: strip.key });
    if ((was?.wait ?? 0) !== strip.wait) connected.push({ do: 'outputWait', strip: slot, frames: strip.wait });
    if ((was?.inputWait ?? 0) !== strip.inputWait) connected.push({ do: 'inputWait', strip: slot, frames: strip.inputWait });
    if ((was?.keyWait ?? 0) !== strip.keyWait) connected.push({ do: 'keyWait', strip: slot, frames: strip.keyWait });
    if (strip.delayed && !was?.delayed) connected.push({ do: 'delayLine', strip: slot });
    if (!sameList(was?.chain ?? [], strip.chain)) connected.push({ do: 'chain', strip: strip.slot, inserts: strip.chain });
  }
  for (const [id, send] of after.sends) {
    const was = survivor(before.sends, id, send, sameSend);
    if (!was) connected.push({ do: 'addSend', slot: send.slot, from: send.from, to: send.to });
    connected.push(...valueOperations('send', was, send, remote));
    if ((was?.wait ?? 0) !== send.wait) connected.push({ do: 'sendWait', slot: send.slot, frames: send.wait });
  }
  if (!sameList(before.order, after.order)) connected.push({ do: 'order', strips: after.order });
  if (before.latency !== after.latency) connected.push({ do: 'latency', frames: after.latency });
  if (before.tempo !== after.tempo) connected.push({ do: 'tempo', tempo: after.tempo });
  return [...removed, ...added, ...connected, ...laneOperations(before, after, remote)];
}
