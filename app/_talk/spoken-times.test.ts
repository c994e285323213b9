import { expect, test } from 'vitest';
import { spokenTimes } from './spoken-times';

const moments = (text: string) => spokenTimes(text, 90).flatMap((piece) => ('at' in piece ? [[piece.text, piece.at, piece.until]] : []));

test.each([
  ['the snare at 0:42 rings', [['0:42', 42, undefined]]],
  [
    '0:28–0:37 is too loud, 1:02.5 too',
    [
      ['0:28–0:37', 28, 37],
      ['1:02.5', 62.5, undefined],
    ],
  ],
  ['(0:05-0:07)', [['0:05-0:07', 5, 7]]],
  ['backwards 0:30-0:20', [['0:30-0:20', 30, undefined]]],
  ['see you at 14:30', []],
  ['12:00:30, 1.0:30, 0:4, 0:72, 10:421', []],
])('%s', (text, found) => {
  expect(moments(text)).toEqual(found);
});

test('the pieces are the whole text', () => {
  for (const text of ['', 'nothing', '0:01', 'a 0:01 b 0:02 c 9:59 d']) {
    expect(
      spokenTimes(text, 90)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  }
});
