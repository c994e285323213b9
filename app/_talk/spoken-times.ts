/** A piece of what somebody wrote: text, or a moment or stretch of the song in it (seconds). */
export type Piece = { readonly text: string } | { readonly text: string; readonly at: number; readonly until?: number };

const TIME = String.raw`(\d{1,3}):([0-5]\d)(?:\.(\d{1,3}))?`;
/** Not within numbers, dates or clock times with seconds. */
const MOMENT = new RegExp(String.raw`(?<![\d:.])${TIME}(?:\s?[–-]\s?${TIME})?(?![\d:])`, 'g');

const seconds = (minutes: string, rest: string, part = '') => Number(minutes) * 60 + Number(rest) + Number(`0.${part || 0}`);

/** Finds the moments in a text, as `0:42`, `1:02.5` or `0:28–0:37`; what lies after `length` seconds is no moment of this song. */
export function spokenTimes(text: string, length: number): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const found of text.matchAll(MOMENT)) {
    const [whole, minutes = '', rest = '', part, untilMinutes, untilRest, untilPart] = found;
    const at = seconds(minutes, rest, part);
    if (at > length) continue;
    if (found.index > done) pieces.push({ text: text.slice(done, found.index) });
    const until = untilMinutes === undefined || untilRest === undefined ? undefined : seconds(untilMinutes, untilRest, untilPart);
    pieces.push({ text: whole, at, ...(until !== undefined && until > at && until <= length ? { until } : {}) });
    done = found.index + whole.length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done) });
  return pieces;
}
