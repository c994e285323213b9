import type * as Y from 'yjs';
import type { MapName } from '../mix';
import {
  type Insert,
  type InsertId,
  type KeptPreset,
  type Lane,
  type Marker,
  type MarkerId,
  type Mix,
  mend,
  type PresetId,
  type Send,
  type SendId,
  type Strip,
  type StripId,
} from '../mix';
import { SETTINGS_ID } from './layout';
import { parseInsert, parseLane, parseMarker, parsePreset, parseSend, parseSettings, parseStrip } from './parse';
import { rawRecord, readParts } from './read';
import { keepIdentity, Records, sameRecord } from './records';

/** `before` with the changed records in their places; the same map when nothing changed. */
function patched<Id extends string, T>(
  before: ReadonlyMap<Id, T>,
  changed: ReadonlyMap<Id, T>,
  place: (old: T, now: T) => T,
): ReadonlyMap<Id, T> {
  const next = new Map(before);
  let any = false;
  for (const [id, now] of changed) {
    const old = before.get(id);
    // What mending left out stays out while the shape is the same.
    if (old === undefined) continue;
    next.set(id, place(old, now));
    any = true;
  }
  return any ? next : before;
}

/** A strip whose shape is the same has the output, the VCAs and the key that mending gave it. */
const asMended = (old: Strip, now: Strip): Strip => {
  if (old.output === now.output && old.key === now.key && sameRecord(old.vcas, now.vcas)) return now;
  const { key: _, ...rest } = now;
  return { ...rest, output: old.output, vcas: old.vcas, ...(old.key === undefined ? {} : { key: old.key }) };
};

const asRead = <T>(_old: T, now: T): T => now;

/**
 * Keeps the mix of a document up to date: reads only records that were touched, and sorts and mends only when routing or
 * order changed. What did not change keeps its identity.
 */
export class MixReader {
  private strips!: Records<StripId, Strip>;
  private sends!: Records<SendId, Send>;
  private inserts!: Records<InsertId, Insert>;
  private markers!: Records<MarkerId, Marker>;
  private automation!: Records<string, Lane>;
  private presets!: Records<PresetId, KeptPreset>;
  private settingsTouched = false;
  private current: Mix;

  /** `before`: the mix of another document, whose records keep their identity where they are the same. */
  constructor(
    private readonly doc: Y.Doc,
    before: Mix | null = null,
  ) {
    const mix = this.readAll();
    this.current = before ?? mix;
    if (before) this.current = this.keep(mix);
  }

  get mix(): Mix {
    return this.current;
  }

  /** Notes what a deep event of `map` changed. */
  touch(map: MapName, event: Y.YEvent<Y.AbstractType<unknown>>): void {
    const [first] = event.path;
    const ids = first === undefined ? event.changes.keys.keys() : [String(first)];
    for (const id of ids) {
      if (map === 'settings') this.settingsTouched = true;
      else this[map].touch(id);
    }
  }

  /** The mix with all that was touched since. */
  read(): Mix {
    const tables = [this.strips, this.sends, this.inserts, this.markers, this.automation, this.presets];
    this.current = tables.some((table) => table.overfull) ? this.keep(this.readAll()) : this.refresh();
    return this.current;
  }

  private readAll(): Mix {
    const parts = readParts(this.doc);
    const { doc } = this;
    this.strips = new Records<StripId, Strip>(
      doc,
      'strips',
      parseStrip,
      (a, b) => a.kind === b.kind && a.output === b.output && a.order === b.order && a.key === b.key && sameRecord(a.vcas, b.vcas),
      parts.strips,
    );
    this.sends = new Records<SendId, Send>(doc, 'sends', parseSend, () => true, parts.sends);
    this.inserts = new Records<InsertId, Insert>(
      doc,
      'inserts',
      parseInsert,
      (a, b) => a.strip === b.strip && a.order === b.order,
      parts.inserts,
    );
    this.markers = new Records<MarkerId, Marker>(doc, 'markers', parseMarker, (a, b) => a.at === b.at, parts.markers);
    this.automation = new Records<string, Lane>(doc, 'automation', parseLane, () => true, parts.automation);
    this.presets = new Records<PresetId, KeptPreset>(doc, 'presets', parsePreset, (a, b) => a.name === b.name, parts.presets);
    this.settingsTouched = false;
    return mend(parts);
  }

  private refresh(): Mix {
    const { current } = this;
    const strips = this.strips.refresh();
    const sends = this.sends.refresh();
    const inserts = this.inserts.refresh();
    const markers = this.markers.refresh();
    const automation = this.automation.refresh();
    const presets = this.presets.refresh();
    const settings = this.settingsTouched ? parseSettings(rawRecord(this.doc, 'settings', SETTINGS_ID) ?? new Map()) : current.settings;
    this.settingsTouched = false;
    const next = {
      strips: patched(current.strips, strips.changed, asMended),
      sends: patched(current.sends, sends.changed, asRead),
      inserts: patched(current.inserts, inserts.changed, asRead),
      markers: patched(current.markers, markers.changed, asRead),
      settings: sameRecord(settings, current.settings) ? current.settings : settings,
      automation: patched(current.automation, automation.changed, asRead),
      presets: patched(current.presets, presets.changed, asRead),
    };
    if ([strips, sends, inserts, markers, automation, presets].some(({ reshaped }) => reshaped)) {
      return this.keep(
        mend({
          strips: this.strips.all,
          sends: this.sends.all,
          inserts: this.inserts.all,
          markers: this.markers.all,
          settings: next.settings,
          automation: this.automation.all,
          presets: this.presets.all,
        }),
      );
    }
    return this.orCurrent(next);
  }

  private keep(mix: Mix): Mix {
    const { current } = this;
    return this.orCurrent({
      strips: keepIdentity(current.strips, mix.strips),
      sends: keepIdentity(current.sends, mix.sends),
      inserts: keepIdentity(current.inserts, mix.inserts),
      markers: keepIdentity(current.markers, mix.markers),
      settings: sameRecord(mix.settings, current.settings) ? current.settings : mix.settings,
      automation: keepIdentity(current.automation, mix.automation),
      presets: keepIdentity(current.presets, mix.presets),
    });
  }

  /** The present mix where the next one is the same in all its parts. */
  private orCurrent(next: Mix): Mix {
    const { current } = this;
    const same =
      next.strips === current.strips &&
      next.sends === current.sends &&
      next.inserts === current.inserts &&
      next.markers === current.markers &&
      next.settings === current.settings &&
      next.automation === current.automation &&
      next.presets === current.presets;
    return same ? current : next;
  }
}
