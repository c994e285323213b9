import type { Lane } from '../automation/lane';
import type { Strip, StripId } from '../model/mix';
import {
  type Insert,
  type InsertId,
  type KeptPreset,
  MASTER,
  type Marker,
  type MarkerId,
  type Mix,
  type PresetId,
  type Send,
  type SendId,
  type Settings,
} from '../model/mix';
import { rowOf } from '../model/read';
import { destinations } from '../routing/graph';
import { soundKeys } from '../routing/keys';
import { FIRST_ORDER, UNNAMED } from './strip-defaults';

/** Records as they were read one by one, each valid in itself but not yet with the others. */
export interface Parts {
  readonly strips: ReadonlyMap<StripId, Strip>;
  readonly sends: ReadonlyMap<SendId, Send>;
  readonly inserts: ReadonlyMap<InsertId, Insert>;
  readonly markers: ReadonlyMap<MarkerId, Marker>;
  readonly settings: Settings;
  readonly automation: ReadonlyMap<string, Lane>;
  readonly presets: ReadonlyMap<PresetId, KeptPreset>;
}

const byCode = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byId = (a: { readonly id: string }, b: { readonly id: string }) => byCode(a.id, b.id);
const byOrder = (a: { readonly id: string; readonly order: string }, b: { readonly id: string; readonly order: string }) =>
  byCode(a.order, b.order) || byCode(a.id, b.id);

function master(): Strip {
  return { id: MASTER, kind: 'master', name: UNNAMED.master, color: 0, order: FIRST_ORDER, stem: null, output: null, vcas: [], values: {} };
}

/** Where each strip goes so that every way ends at the master. A loop of groups is cut at its last by id. */
function outputs(strips: readonly Strip[]): ReadonlyMap<StripId, StripId | null> {
  const groups = new Map(strips.filter((strip) => strip.kind === 'group').map((strip) => [strip.id, strip]));
  const out = new Map<StripId, StripId | null>();
  const leadsTo = (from: StripId | null, to: StripId) => {
    for (let at: StripId | null | undefined = from; at; at = out.get(at)) if (at === to) return true;
    return false;
  };
  for (const strip of [...strips].sort(byId)) {
    if (strip.kind === 'master' || strip.kind === 'vca') out.set(strip.id, null);
    else if (strip.output === null || !groups.has(strip.output) || leadsTo(strip.output, strip.id)) out.set(strip.id, MASTER);
    else out.set(strip.id, strip.output);
  }
  return out;
}

/** The sends that make no loop, tried in the order of their ids. A stem has no input, so its sends never can. */
function soundSends(parts: Parts, strips: ReadonlyMap<StripId, Strip>): Send[] {
  const edges = new Map<StripId, StripId[]>();
  for (const strip of strips.values()) edges.set(strip.id, strip.output === null ? [] : [strip.output]);
  const reaches = (from: StripId, to: StripId) => {
    const seen = new Set<StripId>();
    const open = [from];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (id === to) return true;
      if (seen.has(id)) continue;
      seen.add(id);
      open.push(...(edges.get(id) ?? []));
    }
    return false;
  };
  return [...parts.sends.values()].sort(byId).filter((send) => {
    const from = strips.get(send.from);
    if (!from || from.kind === 'master' || from.kind === 'vca' || strips.get(send.to)?.kind !== 'aux') return false;
    if (from.kind !== 'stem' && reaches(send.to, send.from)) return false;
    edges.get(send.from)?.push(send.to);
    return true;
  });
}

const toMap = <Id extends string, T extends { readonly id: Id }>(records: readonly T[]): Map<Id, T> =>
  new Map(records.map((record) => [record.id, record]));

/** Whether a lane's control is there, and one that lanes move. */
function moves(mix: Mix, { target }: Lane): boolean {
  const row = rowOf(mix, target);
  return row !== undefined && !row.fixed && (target.on !== 'send' || mix.sends.has(target.id));
}

/** The strips with the keys that can be. */
function withSoundKeys(mix: Mix): ReadonlyMap<StripId, Strip> {
  if (![...mix.strips.values()].some((strip) => strip.key !== undefined)) return mix.strips;
  const keys = soundKeys(mix.strips, destinations(mix));
  return new Map(
    [...mix.strips].map(([id, strip]) => {
      if (strip.key === undefined || keys.has(id)) return [id, strip];
      const { key: _, ...itself } = strip;
      return [id, itself];
    }),
  );
}

/**
 * One valid mix from any parts, the same on every machine that holds the same parts: a missing master is added, an output
 * that leads nowhere or in a circle goes to the master, sends to or from what is not there or in a circle are left out, and
 * so are inserts of no strip or of a VCA, and assignments to VCAs that are not there. A compressor that would listen to what is not there, or in a circle, listens to itself. Equal orders are told apart by id. Records that need no mending keep their identity.
 */
export function mend(parts: Parts): Mix {
  const all = parts.strips.has(MASTER) ? [...parts.strips.values()] : [...parts.strips.values(), master()];
  const out = outputs(all);
  const isVca = (id: StripId) => parts.strips.get(id)?.kind === 'vca';
  const routed = all.map((strip) => {
    const output = out.get(strip.id) ?? null;
    const vcas = strip.vcas.every(isVca) ? strip.vcas : strip.vcas.filter(isVca);
    return output === strip.output && vcas === strip.vcas ? strip : { ...strip, output, vcas };
  });
  const last = (strip: Strip) => Number(strip.kind === 'master');
  const strips = toMap<StripId, Strip>(routed.sort((a, b) => last(a) - last(b) || byOrder(a, b)));
  const inserts = [...parts.inserts.values()].filter((insert) => strips.has(insert.strip) && !isVca(insert.strip)).sort(byOrder);
  const markers = [...parts.markers.values()].sort((a, b) => a.at - b.at || byId(a, b));
  const mix = {
    strips,
    sends: toMap<SendId, Send>(soundSends(parts, strips)),
    inserts: toMap<InsertId, Insert>(inserts),
    markers: toMap<MarkerId, Marker>(markers),
    settings: parts.settings,
    presets: toMap<PresetId, KeptPreset>([...parts.presets.values()].sort((a, b) => byCode(a.name, b.name) || byId(a, b))),
    automation: parts.automation,
  };
  const keyed = { ...mix, strips: withSoundKeys(mix) };
  const lanes = [...parts.automation.values()].filter((lane) => moves(mix, lane)).sort(byId);
  return { ...keyed, automation: toMap<string, Lane>(lanes) };
}
