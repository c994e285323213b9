import type { MapName } from '../mix';
import {
  INSERT_ROWS,
  INSERT_TYPES,
  isPointId,
  isPointText,
  MOST_LANES,
  MOST_POINTS,
  SEND_ROWS,
  STRIP_ROWS,
  sendRow,
  stripRow,
  targetOf,
  vcaOfField,
} from '../mix';

/** The root maps of a mix document; SPEC.md 1. */
export const MAPS = ['strips', 'sends', 'inserts', 'markers', 'settings', 'automation', 'presets'] as const satisfies readonly MapName[];

/** The one record of `settings`; SPEC.md 7. */
export const SETTINGS_ID = 'mix';

/** How much of each a mix may hold; SPEC.md 9. */
export const MOST: Readonly<Record<MapName, number>> = {
  strips: 256,
  sends: 4096,
  inserts: 1024,
  markers: 2048,
  settings: 1,
  automation: MOST_LANES,
  presets: 512,
};

/** Points of a lane that are kept: two people who each fill one at once still agree. SPEC.md 19. */
export const MOST_KEPT_POINTS = 2 * MOST_POINTS;

export const LONGEST_NAME = 80;
const LONGEST_ORDER = 128;
const LONGEST_ID = 64;

export const STRIP_KINDS = ['stem', 'group', 'aux', 'vca', 'master'] as const;
export const MARKER_KINDS = ['section', 'marker'] as const;
export const BEAT_UNITS = [1, 2, 4, 8, 16] as const;
export const COLORS = 12;
export const TEMPO = { min: 20, max: 400, default: 120 };
export const BEATS = { min: 1, max: 32, default: 4 };
/** Seconds; the longest song. */
export const LAST_MOMENT = 24 * 3600;

const ID = new RegExp(`^[0-9A-Za-z][0-9A-Za-z_-]{0,${LONGEST_ID - 1}}$`);

/** True for an id that the layout knows; SPEC.md 2. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

/** The two ends of a send's id, or null where it is none; SPEC.md 4. */
export function sendEnds(id: string): readonly [from: string, to: string] | null {
  const [from, to, more] = id.split('>');
  return more === undefined && isId(from) && isId(to) && from !== to ? [from, to] : null;
}

const INSERT_FIELDS: ReadonlySet<string> = new Set(
  Object.values(INSERT_ROWS)
    .flat()
    .map((row) => row.id),
);

/** True for the key of a control that a lane may move; SPEC.md 18. */
function isLaneId(id: string): boolean {
  const target = targetOf(id);
  if (target?.on === 'send') return sendEnds(target.id) !== null && sendRow(target.parameter) !== undefined;
  if (!target || !isId(target.id)) return false;
  return target.on === 'strip' ? stripRow(target.parameter) !== undefined : INSERT_FIELDS.has(target.parameter);
}

/** True for the id of a record of `map`. */
export function isRecordId(map: MapName, id: string): boolean {
  if (map === 'sends') return sendEnds(id) !== null;
  if (map === 'automation') return isLaneId(id);
  return map === 'settings' ? id === SETTINGS_ID : isId(id);
}

type Check = (value: unknown) => boolean;

const text =
  (longest: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= longest;
const number: Check = (value) => Number.isFinite(value);
const oneOf =
  (choices: readonly unknown[]): Check =>
  (value) =>
    choices.includes(value);
const idOrNull: Check = (value) => value === null || isId(value);
/** A parameter's value: any finite number (reading brings it into range) or, for a switch, a boolean. */
const parameter: Check = (value) => Number.isFinite(value) || typeof value === 'boolean';

const parameters = (rows: readonly { readonly id: string }[]): [string, Check][] => rows.map((row) => [row.id, parameter]);

const FIELDS: Readonly<Record<MapName, ReadonlyMap<string, Check>>> = {
  strips: new Map<string, Check>([
    ['kind', oneOf(STRIP_KINDS)],
    ['name', text(LONGEST_NAME)],
    ['color', number],
    ['order', text(LONGEST_ORDER)],
    ['stem', idOrNull],
    ['output', idOrNull],
    ['comp.key', idOrNull],
    ...parameters(STRIP_ROWS),
  ]),
  sends: new Map(parameters(SEND_ROWS)),
  inserts: new Map<string, Check>([
    ['strip', isId],
    ['type', oneOf(INSERT_TYPES)],
    ['order', text(LONGEST_ORDER)],
    ...parameters(Object.values(INSERT_ROWS).flat()),
  ]),
  markers: new Map<string, Check>([
    ['name', text(LONGEST_NAME)],
    ['at', number],
    ['kind', oneOf(MARKER_KINDS)],
    ['color', number],
  ]),
  settings: new Map<string, Check>([
    ['tempo', number],
    ['beats', number],
    ['beat.unit', number],
    ['key', text(LONGEST_NAME)],
    ['schema', number],
  ]),
  presets: new Map<string, Check>([
    ['name', text(LONGEST_NAME)],
    ['type', oneOf(INSERT_TYPES)],
    ...parameters(Object.values(INSERT_ROWS).flat()),
  ]),
  // Beside it, the points.
  automation: new Map([['read', (value: unknown) => typeof value === 'boolean']]),
};

function checkOf(map: MapName, field: string): Check | undefined {
  // A strip's assignments: a field for each VCA.
  if (map === 'strips' && isId(vcaOfField(field))) return parameter;
  if (map === 'automation' && isPointId(field)) return isPointText;
  return FIELDS[map].get(field);
}

/** True for a field that records of `map` may have. */
export function isField(map: MapName, field: string): boolean {
  return checkOf(map, field) !== undefined;
}

/** True for a value that `field` of `map` may hold; what is out of a parameter's range is still a value. */
export function isValue(map: MapName, field: string, value: unknown): boolean {
  return checkOf(map, field)?.(value) ?? false;
}
