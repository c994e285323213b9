import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Role } from '../../lib/access';
import { Chance } from '../../lib/desk/chance';
import { readRecords } from '../../lib/doc';
import { type Difference, followDifferences, type Records } from '../../lib/mix';
import { publish, type UpdateLog } from '../ports';
import { join } from './provider.fixture';
import { serve } from './served.fixture';

/** `FUZZ=200x2000x8`: seeds, operations and people; `SEED`: the first seed. */
const [SEEDS = 1, STEPS = 150, PEOPLE = 4] = (process.env['FUZZ'] ?? '').split('x').filter(Boolean).map(Number);
const FIRST = Number(process.env['SEED'] ?? 20_261_122);

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

/** All gestures from nothing: what the history says that the mix is. */
async function told(log: UpdateLog): Promise<Records> {
  const records: Records = readRecords(new Y.Doc());
  for (const { body } of await log.gesturesAfter('song', 0)) {
    followDifferences(records, (JSON.parse(body) as { differences: readonly Difference[] }).differences);
  }
  return records;
}

const seeds = Array.from({ length: SEEDS }, (_, n) => FIRST + n);

const PATIENCE = { timeout: 60_000 + 100 * STEPS };

test.for(seeds)(
  'real lines that are cut, roles that change and a service that starts anew leave all with the same mix: seed %i',
  PATIENCE,
  async (seed) => {
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
        strip?.set(chance.of(['fader', 'pan', 'mute']), chance.below(2) === 0 ? 1 : -1 - chance.below(60));
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
    // The whole of what was done, told from the start, makes the very document.
    expect(await told(served.log), `seed ${seed}`).toEqual(await served.service.records('song'));
  },
);
