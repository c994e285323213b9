import { readdirSync, readFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';

/** Clock ticks of a second in `/proc`, on every Linux that Chromium runs on. */
const TICKS = 100;

/** What a part of the browser's work is, by the name of the thread that does it; the rest is told by the thread's own name. */
const WORK: readonly (readonly [RegExp, string])[] = [
  [/^Realtime AudioW/, 'audio thread (the desk)'],
  [/^AudioOutput/, 'audio output'],
  [/^DedicatedWorker/, 'workers (decoding)'],
  [/^Compositor$/, 'compositor'],
  [/^(ThreadPool|CompositorTile)/, 'raster and collecting garbage'],
];

/** CPU seconds that processes and threads of a browser have taken since they began, by what they are. */
export interface BrowserLoad {
  /** The process of the page: its script, its picture, its workers and the desk. */
  readonly page: number;
  /** All processes of the browser together. */
  readonly whole: number;
  /** The work of the page's process, and of the other processes, by what it is. */
  readonly parts: ReadonlyMap<string, number>;
}

/** User and system time from a `stat` file of `/proc`: the 14th and 15th word, counted behind the name in brackets. */
function secondsIn(path: string): number {
  const words = readFileSync(path, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(words[11]) + Number(words[12])) / TICKS;
}

function workOf(pid: number, thread: string, name: string): string {
  if (thread === String(pid)) return 'main thread (script, layout, paint)';
  return WORK.find(([pattern]) => pattern.test(name))?.[1] ?? name;
}

function partsOf(pid: number): Map<string, number> {
  const folder = `/proc/${pid}/task`;
  const parts = new Map<string, number>();
  for (const thread of readdirSync(folder)) {
    const work = workOf(pid, thread, readFileSync(`${folder}/${thread}/comm`, 'utf8').trim());
    parts.set(work, (parts.get(work) ?? 0) + secondsIn(`${folder}/${thread}/stat`));
  }
  return parts;
}

/** Reads the load of a browser with one page that matters: of its renderers the busiest. */
export async function browserLoad(browser: Browser): Promise<BrowserLoad> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const times = processInfo.map(({ id, type }) => ({ id, type, time: secondsIn(`/proc/${id}/stat`) }));
  const [page] = times.filter(({ type }) => type === 'renderer').sort((a, b) => b.time - a.time);
  if (!page) throw new Error('The browser has no page.');
  const parts = partsOf(page.id);
  for (const { type, time } of times) if (type !== 'renderer') parts.set(`process: ${type}`, (parts.get(`process: ${type}`) ?? 0) + time);
  return { page: page.time, whole: times.reduce((sum, { time }) => sum + time, 0), parts };
}

/** Percent of one core between two readings, `seconds` apart; the parts from the greatest to the least. */
export function percentBetween(before: BrowserLoad, after: BrowserLoad, seconds: number) {
  const percent = (from: number, to: number) => (100 * (to - from)) / seconds;
  const parts = [...after.parts].map(([name, time]) => [name, percent(before.parts.get(name) ?? 0, time)] as const);
  return {
    page: percent(before.page, after.page),
    whole: percent(before.whole, after.whole),
    parts: parts.filter(([, share]) => share >= 0.5).sort(([, a], [, b]) => b - a),
  };
}
