/** A comment as lists of other programs take it. Times in seconds from the song's start. */
export interface CommentLine {
  readonly at: number;
  /** Missing for a moment. */
  readonly until?: number | undefined;
  readonly author: string;
  readonly body: string;
  /** What it speaks of: `Kick Fader`, or empty. */
  readonly about: string;
  readonly status: 'pending' | 'published' | 'resolved';
  readonly replies: readonly { readonly author: string; readonly body: string }[];
}

const STATUS = { pending: 'waits for approval', published: 'open', resolved: 'resolved' } as const;

/** `m:ss.mmm`, as Reaper and Audition read it. */
function clock(seconds: number): string {
  const ms = Math.max(0, Math.round(seconds * 1000));
  const rest = ms % 60_000;
  return `${Math.floor(ms / 60_000)}:${String(Math.floor(rest / 1000)).padStart(2, '0')}.${String(rest % 1000).padStart(3, '0')}`;
}

const span = ({ at, until }: CommentLine): string => (until === undefined ? clock(at) : `${clock(at)}–${clock(until)}`);
const one = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
/** A name on one line: what it is about, the words, who. */
const label = ({ about, body, author }: CommentLine): string => `${about === '' ? '' : `${about}: `}${one(body)} (${one(author)})`;

/** As people read it. */
export function commentText(title: string, lines: readonly CommentLine[]): string {
  const said = lines.map((line) => {
    const head = `${span(line)}  ${line.about === '' ? '' : `${line.about}  `}${line.author}${line.status === 'published' ? '' : ` (${STATUS[line.status]})`}`;
    const replies = line.replies.map(({ author, body }) => `    ${author}: ${body.replace(/\n/g, '\n    ')}`);
    return [head, `  ${line.body.replace(/\n/g, '\n  ')}`, ...replies].join('\n');
  });
  return `${title}\n${'='.repeat([...title].length)}\n\n${said.join('\n\n')}\n`;
}

/**
 * A cell of a table. What begins like a formula gets an apostrophe before it, or a spreadsheet would carry out what somebody wrote
 * (OWASP, CSV injection).
 */
function cell(text: string): string {
  const plain = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${plain.replace(/"/g, '""')}"`;
}

/** RFC 4180, UTF-8 with a mark at the beginning, by which spreadsheets know it. One row a comment and one a reply. */
export function commentCsv(lines: readonly CommentLine[]): string {
  const rows = lines.flatMap((line) => {
    const times = [clock(line.at), line.until === undefined ? '' : clock(line.until)];
    const first = [...times, line.about, line.author, line.body, STATUS[line.status], ''];
    return [first, ...line.replies.map(({ author, body }) => [...times, line.about, author, body, STATUS[line.status], 'reply'])];
  });
  const header = ['Start', 'End', 'About', 'Author', 'Comment', 'Status', 'Kind'];
  return `\uFEFF${[header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Reaper's Region/Marker Manager: moments are markers, stretches are regions. */
export function reaperMarkers(lines: readonly CommentLine[]): string {
  const rows = lines.map((line, index) => {
    const { at, until } = line;
    const [kind, end, length] = until === undefined ? ['M', '', ''] : ['R', clock(until), clock(until - at)];
    return [`${kind}${index + 1}`, cell(label(line)), clock(at), end, length].join(',');
  });
  return `${['#,Name,Start,End,Length', ...rows].join('\n')}\n`;
}

/** Adobe Audition's Markers panel: tab-separated. */
export function auditionMarkers(lines: readonly CommentLine[]): string {
  const rows = lines.map((line) => {
    const name = line.about === '' ? one(line.author) : `${line.about} (${one(line.author)})`;
    return [name, clock(line.at), clock((line.until ?? line.at) - line.at), 'decimal', 'Cue', one(line.body)].join('\t');
  });
  return `${['Name\tStart\tDuration\tTime Format\tType\tDescription', ...rows].join('\n')}\n`;
}

/** Audacity's label track. */
export function audacityLabels(lines: readonly CommentLine[]): string {
  return lines.map((line) => `${line.at.toFixed(6)}\t${(line.until ?? line.at).toFixed(6)}\t${label(line)}\n`).join('');
}

/** Ticks of a quarter note. */
const DIVISION = 960;

/** A number as MIDI files write it: seven bits a byte, all but the last with the top bit. */
function variable(value: number): number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest % 128) + 128);
  return bytes;
}

const big = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, index) => (value >>> (8 * (bytes - 1 - index))) & 255);
const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

/**
 * A standard MIDI file (format 0) with a marker for each comment, which Pro Tools, Logic, Cubase and others import. `tempo` in quarter
 * notes a minute; `metre` is beats in a bar and the note that is one.
 */
export function midiMarkers(
  lines: readonly CommentLine[],
  song: { readonly tempo: number; readonly metre: readonly [number, number] },
): Uint8Array<ArrayBuffer> {
  const meta = (delta: number, type: number, data: readonly number[]) => [
    ...variable(delta),
    0xff,
    type,
    ...variable(data.length),
    ...data,
  ];
  const microseconds = Math.round(60_000_000 / song.tempo);
  const track = [...meta(0, 0x51, big(microseconds, 3)), ...meta(0, 0x58, [song.metre[0], Math.round(Math.log2(song.metre[1])), 24, 8])];
  let last = 0;
  for (const line of [...lines].sort((a, b) => a.at - b.at)) {
    const ticks = Math.round((line.at * 1e6 * DIVISION) / microseconds);
    track.push(...meta(ticks - last, 0x06, [...new TextEncoder().encode(label(line))]));
    last = ticks;
  }
  track.push(...meta(0, 0x2f, []));
  return Uint8Array.from([
    ...ascii('MThd'),
    ...big(6, 4),
    ...big(0, 2),
    ...big(1, 2),
    ...big(DIVISION, 2),
    ...ascii('MTrk'),
    ...big(track.length, 4),
    ...track,
  ]);
}
