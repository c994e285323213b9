import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Role } from '../../lib/access';
import { Chance } from '../../lib/desk/chance';
import { publish } from '../ports';
import { join } from './provider.fixture';
import { serve } from './served.fixture';

const PEOPLE = 4;
const STEPS = 150;

/** The mix of a document with its keys in order: in which they came differs from page to page. */
function content(doc: Y.Doc): unknown {
  const sorted = (value: unknown): unknown =>
    value && typeof value === 'object'
      ? Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, of]) => [key, sorted(of)])
      : value;
  return ['strips', 'sends', 'settings'].map((map) => sorted(doc.getMap(map).toJSON()));
}

test('real lines that are cut, roles that change and a service that starts anew leave all with the same mix', async () => {
  const seed = Number(process.env['SEED'] ?? 20_261_122);
  const chance = new Chance(seed);
  const file = pathOf(mkdtempSync(pathOf(tmpdir(), 'fuzz-')), 'mix.db');
  let served = await serve(file);
  const give = (user: string, role: Role) => {
    served.roles.set(user, role);
    const member = { user: { id: user, name: user, color: 1 }, role, joinedAt: 0 };
    publish(served.bus, 'member', { sessionId: 'song', what: 'put', member });
  };
  const names = Array.from({ length: PEOPLE }, (_, n) => `p${n}`);
  for (const name of names) give(name, 'mixer');
  const people = names.map((name) => ({ name, ...join(served.address, 'song', name) }));
  for (const { provider, until } of people) await until(() => provider.synced);
  for (let step = 0; step < STEPS; step++) {
    const { doc, provider, strips, name } = chance.of(people);
    const kind = chance.below(100);
    if (kind < 50) {
      const strip = strips.get(chance.of([...strips.keys()]));
      strip?.set(chance.of(['fader', 'pan', 'mute']), chance.below(2) === 0 ? 1 : -chance.below(60));
    } else if (kind < 60) strips.set(`s${chance.below(20)}`, new Y.Map<unknown>([['kind', 'stem']]));
    else if (kind < 65) strips.delete(`s${chance.below(20)}`);
    else if (kind < 70) doc.getMap('sends').set(`s${chance.below(20)}>room`, new Y.Map());
    else if (kind < 78) provider.disconnect();
    else if (kind < 86) provider.connect();
    else if (kind < 92) give(name, chance.of(['mixer', 'listener', 'commenter']));
    else if (kind < 93) {
      const { roles } = served;
      await served.service.stop();
      served = await serve(file);
      for (const [user, role] of roles) served.roles.set(user, role);
      for (const one of people) one.provider.serverUrl = served.address;
    } else await new Promise((turn) => setImmediate(turn));
  }
  for (const name of names) give(name, 'mixer');
  for (const { provider } of people) provider.connect();
  const stranger = join(served.address, 'song', 'ben');
  const all = [...people, stranger];
  await expect
    .poll(() => new Set(all.map(({ doc }) => JSON.stringify(content(doc)))).size, { timeout: 20_000, message: `seed ${seed}` })
    .toBe(1);
  expect(
    people.map(({ closed }) => closed).filter((code) => code >= 4400),
    `seed ${seed}`,
  ).toEqual([]);
  await expect
    .poll(async () => JSON.stringify([...(await served.service.read('song')).strips.keys()].sort()))
    .toBe(JSON.stringify([...stranger.strips.keys()].sort()));
});
