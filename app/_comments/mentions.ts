import type { Member } from '../../lib/protocol';

type Named = Pick<Member, 'user'>;

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
const LONGEST = 80;
const MOST_SHOWN = 6;

/** A name that is being written. */
export interface Calling {
  /** Where its `@` stands. */
  readonly from: number;
  /** Who may be meant; never empty. */
  readonly found: readonly Member[];
}

/** Whom the words before the caret may be about to call by `@name`; null when nobody. */
export function callingAt(text: string, caret: number, members: readonly Member[]): Calling | null {
  const before = text.slice(0, caret);
  const from = before.lastIndexOf('@');
  if (from < 0 || caret - from > LONGEST || /[\p{L}\p{N}]/u.test(before[from - 1] ?? '')) return null;
  const search = before.slice(from + 1);
  if (/\n|\s\s|^\s/.test(search)) return null;
  const wanted = plain(search);
  const found = members.filter(({ user }) => {
    const name = plain(user.name);
    return name.startsWith(wanted) || name.split(/\s+/).some((word) => word.startsWith(wanted));
  });
  // A name that stands there whole, with a blank behind it, is called already.
  if (found.length === 0 || found.some(({ user }) => wanted === `${plain(user.name)} `)) return null;
  return { from, found: found.slice(0, MOST_SHOWN) };
}

/** The text with somebody's name in the place of what was begun, and where the caret then stands. */
export function withName(text: string, calling: Calling, caret: number, name: string): { readonly text: string; readonly caret: number } {
  const called = `@${name} `;
  return { text: text.slice(0, calling.from) + called + text.slice(caret).replace(/^ /, ''), caret: calling.from + called.length };
}

/** A piece of words: plain, or the name of somebody who is called. */
export interface Piece {
  readonly text: string;
  readonly user?: Member['user'];
}

/** The words in pieces, with everybody's `@name` found in them; of two names that begin alike the longer one counts. */
export function pieces(text: string, members: readonly Named[]): readonly Piece[] {
  const byLength = [...members].sort((a, b) => b.user.name.length - a.user.name.length);
  const found: Piece[] = [];
  let rest = '';
  for (let at = 0; at < text.length; ) {
    const called =
      text[at] === '@' && !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')
        ? byLength.find(({ user }) => isCalled(text, at, user.name))
        : undefined;
    if (!called) {
      rest += text[at];
      at += 1;
      continue;
    }
    if (rest !== '') found.push({ text: rest });
    rest = '';
    const length = called.user.name.length + 1;
    found.push({ text: text.slice(at, at + length), user: called.user });
    at += length;
  }
  return rest === '' ? found : [...found, { text: rest }];
}

function isCalled(text: string, at: number, name: string): boolean {
  const end = at + 1 + name.length;
  return text.slice(at + 1, end).toLocaleLowerCase() === name.toLocaleLowerCase() && !/[\p{L}\p{N}]/u.test(text[end] ?? '');
}

/** The ids of everybody who is called by `@name`. Of several who have one name all are. */
export function mentionsIn(text: string, members: readonly Named[]): string[] {
  const names = new Set(pieces(text, members).flatMap(({ user }) => (user ? [user.name.toLocaleLowerCase()] : [])));
  return members.filter(({ user }) => names.has(user.name.toLocaleLowerCase())).map(({ user }) => user.id);
}
