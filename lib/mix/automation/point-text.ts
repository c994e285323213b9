import { type Breakpoint, CURVES, type LanePoint } from './lane';

/** What the id of a point begins with; the other fields of a lane do not. */
export const POINT_PREFIX = 'p';

const LETTERS = { hold: 'h', linear: 'l', smooth: 's' } as const;
const NUMBER = '-?\\d{1,9}(?:\\.\\d{1,6})?';
const POINT = new RegExp(`^(${NUMBER}) (${NUMBER}) ([hls])$`);
const POINT_ID = /^p[0-9a-z]{1,15}$/;

/** True for a name that a point may have. */
export function isPointId(name: string): boolean {
  return POINT_ID.test(name);
}

/** True for what a point may be kept as. */
export function isPointText(text: unknown): boolean {
  return typeof text === 'string' && POINT.test(text);
}

/** A point as the document keeps it: seconds and value to six places, letter of the curve; `12.5 -6 l`. */
export function encodePoint({ at, value, curve }: Breakpoint): string {
  return `${Number(at.toFixed(6))} ${Number(value.toFixed(6))} ${LETTERS[curve]}`;
}

/** The point of a text as `encodePoint` makes it; null for anything else. */
export function decodePoint(id: string, text: unknown): LanePoint | null {
  const [, at, value, letter] = (typeof text === 'string' && POINT.exec(text)) || [];
  const curve = CURVES.find((one) => LETTERS[one] === letter);
  return at && value && curve ? { id, at: Number(at), value: Number(value), curve } : null;
}
