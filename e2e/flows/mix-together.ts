import { expect, type Page } from '@playwright/test';
import { equalMixes, grab, kept, shown, slider, stripId, type } from '../support/console';
import type { Someone } from '../support/people';
import { type Heard, hear, songAgainstClock } from '../support/sound';

/** Where in the song, and on which strip, two people try each other's hands. */
export interface Place {
  readonly strip: string;
  readonly from: number;
  readonly seconds: number;
}

/** Both solo the strip, so that its level is all that is heard. */
async function soloBoth(people: readonly Someone[], strip: string): Promise<void> {
  for (const { page } of people)
    await page
      .getByRole('button', { name: `${strip} Solo`, exact: true })
      .first()
      .click();
}

/** Waits until this page's sound is awake, the song rests where it was sent, and all that sounds there has arrived. */
async function readyAt(page: Page, position: number): Promise<void> {
  await page.waitForFunction((at) => {
    const { engine, transport } = window.mixingTable ?? {};
    return engine?.state.get().state === 'running' && transport?.position() === at && engine.player.ready.get();
  }, position);
}

const corrections = (page: Page) => page.evaluate(() => window.mixingTable?.engine.player.corrections.get());

/**
 * One plays for all from a second before a place, so that a slow machine has dropped in; both desks' output there. A machine
 * whose sound device fell behind is moved on while it plays, and then rightly has other samples: that stretch is heard again.
 */
async function hearBoth(a: Page, b: Page, place: Place, patience = 3): Promise<readonly [Heard, Heard]> {
  const [heard, moved] = await hearOnce(a, b, place);
  if (heard && (!moved || patience === 0)) return heard;
  if (patience === 0) throw new Error('The sound devices fell behind each time.');
  console.log('A sound device fell behind while both listened: heard again.');
  return hearBoth(a, b, place, patience - 1);
}

/** Resolves with null once the song is well past a stretch: who was moved on over its beginning captures nothing. */
async function over(page: Page, until: number): Promise<null> {
  await page.waitForFunction((at) => (window.mixingTable?.transport.position() ?? 0) > at, until + 2, { timeout: 90_000 });
  return null;
}

/** What both heard, null where they could not, and whether either was moved on meanwhile. */
async function hearOnce(a: Page, b: Page, { from, seconds }: Place): Promise<readonly [readonly [Heard, Heard] | null, boolean]> {
  await a.evaluate((at) => window.mixingTable?.transport.seek(at), from - 1);
  for (const page of [a, b]) await readyAt(page, from - 1);
  const listening = Promise.all([hear(a, from, seconds), hear(b, from, seconds)]);
  await a.getByRole('button', { name: 'Play' }).first().click();
  for (const page of [a, b]) await page.waitForFunction((at) => (window.mixingTable?.transport.position() ?? 0) > at, from - 0.1);
  const before = [await corrections(a), await corrections(b)];
  const heard = await Promise.race([listening, over(a, from + seconds)]);
  const moved = (await corrections(a)) !== before[0] || (await corrections(b)) !== before[1];
  await a
    .getByRole('button', { name: /Stop|Pause/ })
    .first()
    .click();
  return [heard, moved];
}

/** A fader moved by one: the other sees the hand, then the value; both hear the same, and by how much. */
export async function fadersAgree(a: Someone, b: Someone, place: Place): Promise<void> {
  const id = await stripId(a.page, place.strip);
  await soloBoth([a, b], place.strip);
  const [before, beforeThere] = await hearBoth(a.page, b.page, place);
  expect(before.rms).toBeGreaterThan(-60);
  expect(beforeThere.hash).toBe(before.hash);

  const hand = await grab(slider(a.page, place.strip, 'Fader'));
  await hand.move(-40);
  await expect(b.page.locator(`[data-hand-of="${a.name}"]`).first()).toBeVisible();
  const moving = await shown(a.page, id, 'fader');
  await expect(async () => expect(await shown(b.page, id, 'fader')).toBeCloseTo(moving ?? 0, 5)).toPass({ timeout: 3000 });
  await hand.release();
  await expect(b.page.locator(`[data-hand-of="${a.name}"]`)).toHaveCount(0);
  await equalMixes(a.page, b.page);
  expect(await kept(b.page, id, 'fader')).toBeLessThan(0);

  await type(slider(b.page, place.strip, 'Fader'), '-6');
  await equalMixes(a.page, b.page);
  expect(await kept(a.page, id, 'fader')).toBe(-6);
  const [after, afterThere] = await hearBoth(a.page, b.page, place);
  expect(afterThere.hash).toBe(after.hash);
  expect(Math.abs(after.rms - before.rms + 6)).toBeLessThan(0.05);
}

/** An EQ band set by the other: kept, seen and heard by both alike. */
export async function equalisersAgree(a: Someone, b: Someone, place: Place): Promise<void> {
  const id = await stripId(b.page, place.strip);
  const [before] = await hearBoth(a.page, b.page, place);
  await b.page.evaluate((strip) => window.mixingTable?.select(strip), id);
  await b.page.locator('body').press('e');
  await type(slider(b.page, place.strip, 'EQ 2 gain'), '-9');
  await type(slider(b.page, place.strip, 'EQ 2 frequency'), '250');
  await equalMixes(a.page, b.page);
  expect(await kept(a.page, id, 'eq.2.gain')).toBe(-9);
  expect(await kept(a.page, id, 'eq.2.freq')).toBe(250);
  const [after, afterThere] = await hearBoth(a.page, b.page, place);
  expect(afterThere.hash).toBe(after.hash);
  expect(after.hash).not.toBe(before.hash);
  expect(after.rms).toBeLessThan(before.rms);
}

/**
 * Both play together: their playheads against one clock, once who started late has been moved on (at the latest with the
 * second look, after 2 s). Leaves the song stopped.
 */
export async function playheadsAgree(a: Someone, b: Someone, at: number): Promise<void> {
  await a.page.evaluate((position) => window.mixingTable?.transport.seek(position), at);
  await a.page.getByRole('button', { name: 'Play' }).first().click();
  for (const { page } of [a, b]) await page.waitForFunction((from) => (window.mixingTable?.transport.position() ?? 0) > from + 0.5, at);
  await expect(async () => {
    const [here, there] = await Promise.all([songAgainstClock(a.page), songAgainstClock(b.page)]);
    expect(Math.abs(here - there)).toBeLessThan(0.01);
  }).toPass({ timeout: 30_000 });
  await a.page
    .getByRole('button', { name: /Stop|Pause/ })
    .first()
    .click();
}
