import { type DifferenceWords, differenceWords } from '../../lib/mix';
import type { HistoryEvent } from '../../lib/protocol';
import { between } from '../_shell/words';

/** So many things are told one by one. */
const FEW = 2;

/** "Lead Fader −3.0 → −6.0 dB"; without values, what it was about. */
export function said({ what, from, to }: DifferenceWords): string {
  if (from !== null && to !== null) return `${what} ${between(from, to)}`;
  return to === null ? what : `${what} ${to}`;
}

const listed = (names: readonly string[]): string => {
  const some = names.filter((name) => name !== '');
  return some.length > 3 ? `${some.slice(0, 3).join(', ')} and ${some.length - 3} more` : some.join(', ');
};

/** What a gesture did, as a line without who and when. */
export function eventWords(event: HistoryEvent): string {
  const did = doneIn(event);
  return event.reverts === null ? did : `Took back: ${did}`;
}

function doneIn(event: HistoryEvent): string {
  const { kind, differences, changes, strips, names } = event;
  const main = differences.find((one) => one.did !== 'set') ?? differences[0];
  if (!main) return 'Nothing';
  const { what } = differenceWords(main, event);
  if (kind === 'add') return `Added ${what}`;
  if (kind === 'remove') return `Removed ${what}`;
  if (kind === 'move') return main.map === 'markers' ? 'Moved a marker' : `Moved ${what.replace(/ place$/, '')}`;
  if (kind === 'automation') return main.did === 'remove' ? `Removed ${what}` : `Drew ${what}`;
  if (changes <= FEW) return differences.map((one) => said(differenceWords(one, event))).join(', ');
  const where = listed(strips.map((id) => names[id] ?? ''));
  return where === '' ? `${changes} changes` : `${changes} changes on ${where}`;
}
