import type { ParameterRow } from '../parameters/row';
import { clampToRow } from '../parameters/table';
import { formatValue } from './format';

const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+))\s*(.*)$/;

/** What each suffix multiplies by, for a row's unit. The empty suffix is the row's own unit. */
const SUFFIXES: Readonly<Record<ParameterRow['unit'], Readonly<Record<string, number>>>> = {
  dB: { '': 1, db: 1 },
  Hz: { '': 1, hz: 1, k: 1000, khz: 1000 },
  ms: { '': 1, ms: 1, s: 1000, sample: 1 / 48, samples: 1 / 48, smp: 1 / 48 },
  s: { '': 1, s: 1, ms: 0.001 },
  '%': { '': 1, '%': 1 },
  ratio: { '': 1, ':1': 1, ': 1': 1 },
  Q: { '': 1 },
  pan: { '': 1, r: 1, l: -1, '%': 1 },
  none: { '': 1 },
};

/** One way of writing each character: true minus and comma, upper case, stray spaces. */
function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll('−', '-').replaceAll('∞', 'inf').replaceAll(',', '.').replace(/\s+/g, ' ');
}

function parsePan(text: string): number | null {
  if (text === 'c' || text === 'center' || text === 'centre') return 0;
  const side = /^([lr])\s*(\d+\.?\d*)?$/.exec(text);
  return side ? (side[1] === 'l' ? -1 : 1) * Number(side[2] ?? 100) : null;
}

function parseChoice(choices: readonly string[], text: string): number | null {
  const names = choices.map(plain);
  const exact = names.indexOf(text);
  if (exact >= 0) return exact;
  const begun = names.flatMap((name, index) => (name.startsWith(text) ? [index] : []));
  return begun.length === 1 ? (begun[0] ?? null) : null;
}

function parseSwitch(text: string): number | null {
  if (text === 'on' || text === '1') return 1;
  return text === 'off' || text === '0' ? 0 : null;
}

function parseNumber(row: ParameterRow, text: string): number | null {
  if (/^-inf\b/.test(text)) return row.unit === 'dB' ? row.min : null;
  if (/^\+?inf(:1)?$/.test(text)) return row.unit === 'ratio' ? row.max : null;
  const found = NUMBER.exec(text);
  const factor = SUFFIXES[row.unit][found?.[2] ?? '?'];
  return found && factor !== undefined ? Number(found[1]) * factor : null;
}

/**
 * Reads what somebody typed for a control: "-6", "-6dB", "1.2k", "L30", "c", "-inf", "4:1", "250ms", "1.5s", "480 samples", or the
 * name of a choice. The result is brought into the row's range; null where the text means nothing here.
 */
export function parseValue(row: ParameterRow, text: string): number | null {
  const typed = plain(text);
  if (typed === '') return null;
  const named = row.choices ? parseChoice(row.choices, typed) : row.law === 'switch' ? parseSwitch(typed) : undefined;
  const value = named !== undefined ? named : ((row.unit === 'pan' ? parsePan(typed) : null) ?? parseNumber(row, typed));
  return value === null ? null : clampToRow(row, value);
}

/** The value as exact as it is shown: what is read is what is heard. What counts samples falls on one. */
export function shownValue(row: ParameterRow, value: number): number {
  if (row.grain) return clampToRow(row, Math.round(value / row.grain) * row.grain);
  return parseValue(row, formatValue(row, value)) ?? value;
}
