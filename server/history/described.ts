import type { Difference, GestureAbout, Mix } from '../../lib/mix';
import type { HistoryEvent, MixData, User } from '../../lib/protocol';
import type { HistoryTable } from '../sql/database';

/** Differences told of one gesture; a preset has some twenty. */
const MOST_TOLD = 24;
/** Fields told of a record that came or went. */
const MOST_FIELDS = 64;

export interface Body extends Pick<GestureAbout, 'names' | 'inserts'> {
  readonly differences: readonly Difference[];
}

/** What a row says that the gesture changed. The room wrote it. */
export function bodyOf({ body }: Pick<HistoryTable, 'body'>): Body {
  return JSON.parse(body) as Body;
}

const split = (strips: string): string[] => strips.split('/').filter(Boolean);

function short(one: Difference): HistoryEvent['differences'][number] {
  if (one.did === 'set') return one;
  return { ...one, fields: Object.fromEntries(Object.entries(one.fields).slice(0, MOST_FIELDS)) };
}

/** A row as the API tells it. */
export function eventOf(row: HistoryTable, by: User | null, takenBack: boolean): HistoryEvent {
  const { names, inserts, differences } = bodyOf(row);
  const [only] = differences;
  const single = only?.did === 'set' && differences.length === 1 ? only : null;
  const strips = split(row.strips);
  return {
    id: row.id,
    by,
    at: Number(row.at),
    until: Number(row.until),
    kind: row.kind as HistoryEvent['kind'],
    strip: strips[0] ?? null,
    strips,
    parameter: single?.field ?? null,
    ...(single?.from === undefined ? {} : { from: single.from }),
    ...(single?.to === undefined ? {} : { to: single.to }),
    names,
    inserts,
    differences: differences.slice(0, MOST_TOLD).map(short),
    changes: differences.length,
    reverts: row.reverts,
    takenBack,
  };
}

/** A mix as the API tells it. */
export function mixData(mix: Mix): MixData {
  return {
    strips: [...mix.strips.values()].map((strip) => ({ ...strip, vcas: [...strip.vcas] })),
    sends: [...mix.sends.values()],
    inserts: [...mix.inserts.values()],
    markers: [...mix.markers.values()],
    settings: { ...mix.settings, metre: [...mix.settings.metre] },
    automation: [...mix.automation].map(([control, { read, points }]) => ({
      control,
      read,
      points: points.map((point) => ({ ...point })),
    })),
  };
}
