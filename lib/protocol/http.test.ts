import { expect, test } from 'vitest';
import { createSessionRequest, guestRequest } from './http';

const nameOf = (name: string): string | null => guestRequest.safeParse({ name }).data?.name ?? null;

test.each([
  ['  Ada \u00a0', 'Ada'],
  ['Zoe\u0308', 'Zo\u00eb'],
  ['A\u200bda', 'Ada'],
  ['\u202eadA', 'adA'],
  ['\u2066Ada\u2069', 'Ada'],
  ['\ufeffAda\u00ad', 'Ada'],
  ['Ada\u{e0041}', 'Ada'],
  ['Ada\u200d', 'Ada'],
  ['\u200dAda', 'Ada'],
])('%j is the name %j', (sent, kept) => {
  expect(nameOf(sent)).toBe(kept);
});

test.each([
  ['a family, joined', '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}'],
  ['a flag with a rainbow', '\u{1f3f3}\ufe0f\u200d\u{1f308}'],
  ['Persian with a non-joiner', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'],
  ['Sinhala with a joiner', '\u0dc1\u0dca\u200d\u0dbb\u0dd3'],
  ['Hebrew', '\u05e2\u05d3\u05d4'],
])('%s stays as it is', (_, name) => {
  expect(nameOf(name)).toBe(name);
});

test.each(['', '   ', '\u200b', '\u200d', '\u202e\u2069', '\u3164', '\u2800'])('%j is no name', (name) => {
  expect(nameOf(name)).toBeNull();
});

test.each(['A\nda', 'A\u0000da', 'A\u2028da', 'A\u0085da'])('%j is refused: it is more than one line', (name) => {
  expect(nameOf(name)).toBeNull();
});

test('a title is held to its length as it is kept', () => {
  expect(createSessionRequest.safeParse({ title: '\u200b'.repeat(300) + 'x'.repeat(200) }).success).toBe(true);
  expect(createSessionRequest.safeParse({ title: 'x'.repeat(201) }).success).toBe(false);
});
