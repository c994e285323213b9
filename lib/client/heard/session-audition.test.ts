import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Change, Mix } from '../../mix';
import { createStore, Scope } from '../../std';
import { FADER, two } from '../desk/table.fixture';
import type { Alternative } from '../types';
import { Matcher } from './matcher';
import { DRAFT, MIX } from './names';
import { NOTHING_OVER } from './overlay';
import { OverlayMix } from './overlay-mix';
import { SessionAudition } from './session-audition';

let scope: Scope;
beforeEach(() => {
  scope = new Scope();
});
afterEach(() => scope.close());

const faderAt = (value: number): Change => ({ do: 'put', map: 'strips', id: 'kick', fields: { fader: value } });
const suggestion: Alternative = { id: 's', name: 'Suggestion', mix: { changes: [faderAt(-20)] } };

function opened() {
  const { ana, ben } = two();
  const gains: number[] = [];
  // As loud as its fader stands.
  const loudness = { of: async (mix: Mix) => mix.strips.get('kick')?.values['fader'] ?? 0 };
  const matcher = new Matcher({ loudness, loop: createStore(null), scope });
  const audition = new SessionAudition({
    document: ana.document,
    heard: ana.layers,
    matcher,
    monitor: { match: (gain) => gains.push(gain) },
    scope,
  });
  const version: Alternative = { id: 'v', name: 'Rough', mix: { records: ana.document.records() } };
  return { ana, ben, audition, gains, version, fader: () => ana.desk.value(FADER).get() };
}

it('switches between the mix and what is compared; what is gone is the mix', () => {
  const { ana, audition, version, fader } = opened();
  ana.desk.set([FADER, -6]);
  audition.compare([version, suggestion]);
  const heard = [MIX, 'v', 's', 'nonsense'].map((id) => {
    audition.hear(id);
    return [audition.heard.get(), fader()];
  });
  expect(heard).toEqual([
    [MIX, -6],
    ['v', 0],
    ['s', -20],
    [MIX, -6],
  ]);
  audition.hear('s');
  audition.compare([suggestion]);
  expect([audition.heard.get(), fader()]).toEqual(['s', -20]);
  audition.compare([]);
  expect([audition.heard.get(), fader(), ana.desk.writable.get()]).toEqual([MIX, -6, true]);
});

it('turns what is heard to the loudness of the quietest, and nothing once the comparison is over', async () => {
  const { audition, gains } = opened();
  audition.compare([suggestion]);
  await vi.waitUntil(() => audition.match.get().state === 'matched');
  expect(gains.at(-1)).toBe(-20);
  audition.hear('s');
  expect(gains.at(-1)).toBe(0);
  audition.hear(MIX);
  audition.setMatched(false);
  expect(gains.at(-1)).toBe(0);
  audition.setMatched(true);
  await vi.waitUntil(() => gains.at(-1) === -20);
  audition.compare([]);
  expect(gains.at(-1)).toBe(0);
});

it('lets something be heard for a moment over everything; its end does not end what came after it', () => {
  const { audition, version, fader } = opened();
  audition.compare([version]);
  audition.hear('v');
  const first = audition.hold([faderAt(-3)]);
  const second = audition.hold([faderAt(-4)]);
  first();
  expect(fader()).toBe(-4);
  second();
  expect([fader(), audition.heard.get()]).toEqual([0, 'v']);
});

it('has the draft beside the mix while there is one', () => {
  const { ana, audition, fader } = opened();
  audition.hear(DRAFT);
  expect(audition.heard.get()).toBe(MIX);
  audition.setDraft(new OverlayMix(ana.document, NOTHING_OVER, true));
  audition.hear(DRAFT);
  ana.desk.set([FADER, -9]);
  expect([fader(), ana.updates()]).toEqual([-9, 0]);
  audition.setDraft(null);
  expect([audition.heard.get(), fader()]).toEqual([MIX, 0]);
});
