import { describe, expect, test } from 'vitest';
import type { Member } from '../../lib/protocol';
import { callingAt, mentionsIn, pieces, withName } from './mentions';

const member = (id: string, name: string): Member => ({ user: { id, name, color: 0 }, role: 'mixer', joinedAt: 0 });
const band = [member('a', 'Ana'), member('an', 'Ana Núñez'), member('b', 'Ben'), member('b2', 'Ben')];
const names = (text: string, caret = text.length) => callingAt(text, caret, band)?.found.map(({ user }) => user.id) ?? null;

describe('a name that is being written', () => {
  test('is looked for from its at-sign on, by every word of it, without accents', () => {
    expect([names('@'), names('Hey @an'), names('(@NUN'), names('@Ana N')]).toEqual([['a', 'an', 'b', 'b2'], ['a', 'an'], ['an'], ['an']]);
  });
  test('is none in an address, on another line, or once it is whole', () => {
    expect([names('ben@a'), names('@\nan'), names('@Ben '), names('@xy'), names('@ an')]).toEqual([null, null, null, null, null]);
  });
  test('is put whole into the text, and the caret behind it', () => {
    const text = 'Hey @nun and you';
    const calling = callingAt(text, 8, band);
    expect(calling && withName(text, calling, 8, 'Ana Núñez')).toEqual({ text: 'Hey @Ana Núñez and you', caret: 15 });
  });
});

test('the longer of two names that begin alike is called; a name within a word is not', () => {
  expect(mentionsIn('@Ana Núñez: louder? @Anabel, mail@Ana', band)).toEqual(['an']);
  expect(mentionsIn('@ana! @BEN', band)).toEqual(['a', 'b', 'b2']);
  expect(pieces('Hey @Ana!', band).map(({ text }) => text)).toEqual(['Hey ', '@Ana', '!']);
});
