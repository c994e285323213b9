import type { Brand } from '../../std';
import type { Lane } from '../automation/lane';
import type { InsertType } from '../parameters/insert';
import type { StripKind } from '../parameters/row';
import type { InsertId, SendId, StripId } from './target';

export * from './target';

export type MarkerId = Brand<string, 'marker'>;
/** Every value that differs from its row's default, by parameter id. */
export type Values = Readonly<Record<string, number>>;

export const MASTER: StripId = 'master';

export interface Strip {
  readonly id: StripId;
  readonly kind: StripKind;
  readonly name: string;
  /** Index into the twelve strip colours. */
  readonly color: number;
  /** A fractional index (the `fractional-indexing` package); ties are broken by id. */
  readonly order: string;
  /** The stem it plays; null for a group, an aux, the master, or a strip whose stem is gone. */
  readonly stem: string | null;
  /** Where it goes: a group or the master. The master itself and VCAs, which have no sound, have null. */
  readonly output: StripId | null;
  /** The VCAs it is assigned to, in the order of their ids. None for VCAs and the master. */
  readonly vcas: readonly StripId[];
  /** The strip its compressor listens to in its own stead: before that one's compressor and fader. Absent: itself. */
  readonly key?: StripId;
  readonly values: Values;
}

export interface Send {
  readonly id: SendId;
  readonly from: StripId;
  readonly to: StripId;
  readonly values: Values;
}

export interface Insert {
  readonly id: InsertId;
  readonly strip: StripId;
  readonly type: InsertType;
  readonly order: string;
  readonly values: Values;
}

export type PresetId = Brand<string, 'preset'>;

/** A processor's setting, kept in the session under a name for all who are in it. */
export interface KeptPreset {
  readonly id: PresetId;
  readonly name: string;
  readonly type: InsertType;
  readonly values: Values;
}

/** A named moment of the song; a section lasts until the next one. */
export interface Marker {
  readonly id: MarkerId;
  readonly name: string;
  /** Seconds from the song's start. */
  readonly at: number;
  readonly kind: 'section' | 'marker';
  readonly color: number;
}

export interface Settings {
  /** Quarter notes per minute. */
  readonly tempo: number;
  /** Beats in a bar, and the note that is one beat. */
  readonly metre: readonly [number, number];
  readonly key: string;
}

/** The whole mix as plain data: always valid, whatever the document holds. Strips are in order, the master last. */
export interface Mix {
  readonly strips: ReadonlyMap<StripId, Strip>;
  readonly sends: ReadonlyMap<SendId, Send>;
  readonly inserts: ReadonlyMap<InsertId, Insert>;
  readonly markers: ReadonlyMap<MarkerId, Marker>;
  readonly settings: Settings;
  /** By the key of the control that each moves (`targetKey`). */
  readonly automation: ReadonlyMap<string, Lane>;
  /** In the order of their names. */
  readonly presets: ReadonlyMap<PresetId, KeptPreset>;
}

export function sendId(from: StripId, to: StripId): SendId {
  return `${from}>${to}`;
}
