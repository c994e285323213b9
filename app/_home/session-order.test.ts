import { describe, expect, it } from 'vitest';
import type { SessionInfo } from '../../lib/protocol';
import { foundSessions, titleFromFiles } from './session-order';

const session = (title: string, changedAt: number, people: readonly string[] = []): SessionInfo => ({
  id: title,
  title,
  role: 'owner',
  demo: false,
  listenersMayComment: false,
  createdAt: 0,
  changedAt,
  seconds: title.length,
  people: people.map((name) => ({ id: name, name, color: 0 })),
  wave: [],
  unread: 0,
  mentioned: 0,
  commentsReadAt: 0,
  archived: false,
});

describe('home', () => {
  const all = [session('Été', 1), session('Song 10', 3, ['Möna']), session('Song 2', 2)];
  it('finds by title and by people, without regard to accents and case', () => {
    expect(foundSessions(all, 'ete', 'changed').map(({ title }) => title)).toEqual(['Été']);
    expect(foundSessions(all, 'song mona', 'changed').map(({ title }) => title)).toEqual(['Song 10']);
  });
  it('sorts numbers in titles as numbers', () => {
    expect(foundSessions(all, 'song', 'title').map(({ title }) => title)).toEqual(['Song 2', 'Song 10']);
  });
  it('shows what changed last first', () => {
    expect(foundSessions(all, '', 'changed').map(({ changedAt }) => changedAt)).toEqual([3, 2, 1]);
  });
  it('takes a title from what the files have in common', () => {
    expect(titleFromFiles(['Harbour_01_Kick.wav', 'Harbour_02_Snare.wav'])).toBe('Harbour');
    expect(titleFromFiles(['Kick.wav', 'Snare.wav'])).toBe('New session');
  });
});
