import type { Settings } from '../../lib/mix';

const MINUS = '−';
const TICKS_PER_BEAT = 480;

/** `m:ss.mmm` of a position in seconds. */
export function exactTime(seconds: number): string {
  const ms = Math.max(0, Math.round(seconds * 1000));
  const rest = ms % 60_000;
  return `${Math.floor(ms / 60_000)}:${String(Math.floor(rest / 1000)).padStart(2, '0')}.${String(rest % 1000).padStart(3, '0')}`;
}

/** `m:ss` of a position in seconds, cut, not rounded: the second that a clock would show. */
/** The seconds that a typed time stands for: "83.5", "1:23", "1:23.500", "1:02:03"; null for anything else. */
export function typedTime(text: string): number | null {
  const parts = text.trim().replace(',', '.').split(':');
  if (parts.length > 3 || !parts.every((part, index) => (index === parts.length - 1 ? /^\d+(\.\d*)?$/ : /^\d+$/).test(part))) return null;
  return parts.reduce((seconds, part) => 60 * seconds + Number(part), 0);
}

export function shortTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds + 1e-6));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A moment or a stretch as comments show it: `0:42` or `0:28–0:37`. */
export function stretch(at: number, until?: number): string {
  return until === undefined ? shortTime(at) : `${shortTime(at)}–${shortTime(until)}`;
}

/** Seconds of one beat; the tempo counts quarter notes, the metre says which note is a beat. */
export function beatSeconds(settings: Pick<Settings, 'tempo' | 'metre'>): number {
  return ((60 / settings.tempo) * 4) / settings.metre[1];
}

/** `bar.beat.tick`, bars and beats from 1, 480 ticks in a beat. */
export function barsAndBeats(seconds: number, settings: Pick<Settings, 'tempo' | 'metre'>): string {
  const ticks = Math.max(0, Math.floor((seconds / beatSeconds(settings)) * TICKS_PER_BEAT + 1e-6));
  const beats = Math.floor(ticks / TICKS_PER_BEAT);
  const perBar = settings.metre[0];
  return `${Math.floor(beats / perBar) + 1}.${(beats % perBar) + 1}.${String(ticks % TICKS_PER_BEAT).padStart(3, '0')}`;
}

/** A level with one decimal and a real minus sign; −∞ where there is no sound. */
export function level(value: number): string {
  if (!Number.isFinite(value) || value <= -120) return `${MINUS}∞`;
  const text = Math.abs(value).toFixed(1);
  return value < 0 && text !== '0.0' ? `${MINUS}${text}` : text;
}

/** How long ago, in the words of a glance. Both in milliseconds. */
export function ago(then: number, now: number): string {
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h`;
  if (minutes < 14 * 24 * 60) return `${Math.floor(minutes / (24 * 60))} d`;
  return new Date(then).toLocaleDateString('en', { day: 'numeric', month: 'short', year: 'numeric' });
}

/** One or two letters for a face. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/u)
    .filter((word) => word.length > 0);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  const first = letters.map((word) => [...(word ?? '')][0] ?? '').join('');
  return (words.length > 1 ? first : [...(words[0] ?? '?')].slice(0, 2).join('')).toUpperCase();
}

/** `1 person`, `3 people`. */
export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** A file name from a title: what file systems refuse becomes a hyphen. */
export function fileName(title: string): string {
  return (
    title
      .replace(/[\p{Cc}/\\:*?"<>|]+/gu, '-')
      .replace(/^[.\s]+|[.\s]+$/gu, '')
      .slice(0, 120) || 'Mixdown'
  );
}

/** From and to of a value; a unit that both have is said once: "−3.0 → −6.0 dB". */
export function between(from: string, to: string): string {
  const unit = /\s\S+$/.exec(to)?.[0];
  return unit && from.endsWith(unit) && from !== to ? `${from.slice(0, -unit.length)} → ${to}` : `${from} → ${to}`;
}
