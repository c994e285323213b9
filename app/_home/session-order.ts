import type { SessionInfo } from '../../lib/protocol';

export const ORDERS = [
  { value: 'changed', label: 'Last changed' },
  { value: 'title', label: 'Title' },
  { value: 'length', label: 'Length' },
  { value: 'unread', label: 'Unread comments' },
] as const;
export type SessionOrder = (typeof ORDERS)[number]['value'];

const COMPARE: Readonly<Record<SessionOrder, (a: SessionInfo, b: SessionInfo) => number>> = {
  changed: (a, b) => b.changedAt - a.changedAt,
  title: (a, b) => a.title.localeCompare(b.title, undefined, { numeric: true }),
  length: (a, b) => b.seconds - a.seconds,
  unread: (a, b) => b.mentioned - a.mentioned || b.unread - a.unread,
};

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** The sessions whose title or people hold every word of `search`, in order. Accents do not matter: "mona" finds Möna. */
export function foundSessions(sessions: readonly SessionInfo[], search: string, order: SessionOrder): readonly SessionInfo[] {
  const words = plain(search)
    .split(/\s+/u)
    .filter((word) => word !== '');
  return sessions
    .filter((session) => {
      const text = plain([session.title, ...session.people.map((person) => person.name)].join(' '));
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => COMPARE[order](a, b) || b.createdAt - a.createdAt);
}

/** A session's title from the files dropped for it: the name of their common folder or what their names begin with. */
export function titleFromFiles(names: readonly string[]): string {
  const stems = names.map((name) => name.replace(/\.[^.]+$/, ''));
  let start = stems[0] ?? '';
  for (const name of stems) while (!name.startsWith(start)) start = start.slice(0, -1);
  const title = start
    .replace(/[\s_\-–.(\d]+$/u, '')
    .replace(/_/g, ' ')
    .trim();
  return title.length >= 3 ? title.slice(0, 200) : 'New session';
}
