import { readdirSync, readFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';

/** Clock ticks of a second in `/proc`, on every Linux that Chromium runs on. */
const TICKS = 100;

/** CPU seconds that processes and threads of a browser have taken since they began, by what they are. */
export interface BrowserLoad {
  /** The process of the page: its script, its picture, its workers and the desk. */
  readonly page: number;
  /** All processes of the browser together. */
  readonly whole: number;
  /** Threads of the page's process by name. */
  readonly threads: ReadonlyMap<string, number>;
}

/** User and system time from a `stat` file of `/proc`: the 14th and 15th word, counted behind the name in brackets. */
function ticksIn(path: string): number {
  const words = readFileSync(path, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(words[11]) + Number(words[12])) / TICKS;
}

function threadsOf(pid: number): Map<string, number> {
  const folder = `/proc/${pid}/task`;
  const threads = new Map<string, number>();
  for (const thread of readdirSync(folder)) {
    const name = readFileSync(`${folder}/${thread}/comm`, 'utf8').trim();
    threads.set(name, (threads.get(name) ?? 0) + ticksIn(`${folder}/${thread}/stat`));
  }
  return threads;
}

/** Reads the load of a browser with one page that matters: of its renderers the busiest. */
export async function browserLoad(browser: Browser): Promise<BrowserLoad> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const times = processInfo.map(({ id, type }) => ({ id, type, time: ticksIn(`/proc/${id}/stat`) }));
  const [page] = times.filter(({ type }) => type === 'renderer').sort((a, b) => b.time - a.time);
  if (!page) throw new Error('The browser has no page.');
  return { page: page.time, whole: times.reduce((sum, { time }) => sum + time, 0), threads: threadsOf(page.id) };
}

/** Percent of one core between two readings, `seconds` apart. */
export function percentBetween(before: BrowserLoad, after: BrowserLoad, seconds: number) {
  const percent = (from: number, to: number) => (100 * (to - from)) / seconds;
  const threads = [...after.threads].map(([name, time]) => [name, percent(before.threads.get(name) ?? 0, time)] as const);
  return {
    page: percent(before.page, after.page),
    whole: percent(before.whole, after.whole),
    threads: threads.filter(([, share]) => share >= 0.5).sort(([, a], [, b]) => b - a),
  };
}
