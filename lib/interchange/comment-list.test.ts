import { describe, expect, test } from 'vitest';
import { audacityLabels, auditionMarkers, type CommentLine, commentCsv, commentText, midiMarkers, reaperMarkers } from './comment-list';

const line = (more: Partial<CommentLine>): CommentLine => ({
  at: 42.31,
  author: 'Ben',
  body: 'Too loud',
  about: '',
  status: 'published',
  replies: [],
  ...more,
});

test('text reads like a conversation', () => {
  const text = commentText('Ferry', [
    line({ about: 'Kick Fader', until: 61, replies: [{ author: 'Ana', body: 'Yes\nI hear it' }] }),
    line({ at: 3, status: 'resolved' }),
  ]);
  expect(text).toBe(
    'Ferry\n=====\n\n0:42.310–1:01.000  Kick Fader  Ben\n  Too loud\n    Ana: Yes\n    I hear it\n\n0:03.000  Ben (resolved)\n  Too loud\n',
  );
});

describe('the table', () => {
  test('keeps quotes, commas and lines within their cell', () => {
    expect(commentCsv([line({ body: 'He said "no",\nthen yes' })])).toContain('"He said ""no"",\nthen yes"');
  });
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =HYPERLINK("http://x")', '\r=1'])('%j is no formula', (body) => {
    const row = commentCsv([line({ body, author: body, about: body })]).split('\r\n"0:42')[1] ?? '';
    expect(row.split(body.replace(/"/g, '""')).length - 1).toBe(3);
    expect(row.split(`"'${body.replace(/"/g, '""')}`).length - 1).toBe(3);
  });
  test('has a row for each reply', () => {
    expect(commentCsv([line({ replies: [{ author: 'Ana', body: 'Yes' }] })])).toContain('"0:42.310","","","Ana","Yes","open","reply"');
  });
});

test('a moment is a marker and a stretch is a region', () => {
  expect(reaperMarkers([line({}), line({ at: 1, until: 3.5, about: 'Bass' })])).toBe(
    '#,Name,Start,End,Length\nM1,"Too loud (Ben)",0:42.310,,\nR2,"Bass: Too loud (Ben)",0:01.000,0:03.500,0:02.500\n',
  );
  expect(auditionMarkers([line({ until: 43 })]).split('\n')[1]).toBe('Ben\t0:42.310\t0:00.690\tdecimal\tCue\tToo loud');
  expect(audacityLabels([line({ body: 'a\tb\nc' })])).toBe('42.310000\t42.310000\ta b c (Ben)\n');
});

/** Reads the markers of a MIDI file: seconds and text. */
function markersOf(bytes: Uint8Array): { at: number; text: string }[] {
  const view = new DataView(bytes.buffer);
  const division = view.getUint16(12);
  expect(view.getUint32(18)).toBe(bytes.length - 22);
  let at = 22;
  const number = () => {
    let value = 0;
    for (;;) {
      const byte = bytes[at++] ?? 0;
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
  };
  let ticks = 0;
  let quarter = 0.5;
  const found: { at: number; text: string }[] = [];
  while (at < bytes.length) {
    ticks += number();
    at += 1;
    const type = bytes[at++];
    const length = number();
    const data = bytes.subarray(at, at + length);
    at += length;
    if (type === 0x51) quarter = (((data[0] ?? 0) << 16) | ((data[1] ?? 0) << 8) | (data[2] ?? 0)) / 1e6;
    if (type === 0x06) found.push({ at: (ticks / division) * quarter, text: new TextDecoder().decode(data) });
  }
  return found;
}

test('markers of a MIDI file stand at their time to half a millisecond, whatever the tempo and the length', () => {
  const lines = [line({ at: 7200.125, body: 'Ende, schön' }), line({ at: 0.5 }), line({ at: 42.31, body: 'x'.repeat(300) })];
  for (const tempo of [60, 87.3, 174]) {
    const found = markersOf(midiMarkers(lines, { tempo, metre: [6, 8] }));
    expect(found.map(({ text }) => text)).toEqual(['Too loud (Ben)', `${'x'.repeat(300)} (Ben)`, 'Ende, schön (Ben)']);
    for (const [index, at] of [0.5, 42.31, 7200.125].entries()) expect(Math.abs((found[index]?.at ?? 0) - at)).toBeLessThan(0.0005);
  }
});
