import { expect, test } from 'vitest';
import { cycle, wrongWays } from './directions.mjs';

test.each([
  ['server/sync/room.ts', 'lib/audio/index.ts'],
  ['server/main.ts', 'app/page.tsx'],
  ['app/page.tsx', 'server/config.ts'],
  ['lib/client/open.ts', 'server/config.ts'],
  ['lib/mix/model/mix.ts', 'lib/doc/index.ts'],
  ['lib/desk/index.ts', 'lib/audio/index.ts'],
  ['app/_console/strip.tsx', 'package:yjs'],
  ['app/_console/strip.tsx', 'package:tone'],
  ['lib/client/open.ts', 'package:tone'],
  ['server/comments/routes.ts', 'package:yjs'],
  ['server/http/router.ts', 'server/embedded/blobs.ts'],
  ['server/comments/service.ts', 'server/sessions/repository.ts'],
  ['app/page.tsx', 'lib/mix/model/mix.ts'],
  ['lib/std/store.ts', 'lib/units/index.ts'],
])('%s must not import %s', (from, to) => {
  expect(wrongWays(from, to)).not.toEqual([]);
});

test.each([
  ['server/compose.ts', 'server/embedded/blobs.ts'],
  ['lib/audio/host/context.ts', 'package:tone'],
  ['lib/doc/layout.ts', 'package:yjs'],
  ['app/page.tsx', 'lib/mix/index.ts'],
  ['lib/mix/commands/sends.ts', 'lib/mix/model/mix.ts'],
])('%s may import %s', (from, to) => {
  expect(wrongWays(from, to)).toEqual([]);
});

test('a cycle is found and named', () => {
  const arrows = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b']],
  ]);
  expect(cycle(arrows)).toEqual(['b', 'c', 'b']);
  expect(
    cycle(
      new Map([
        ['a', ['b', 'c']],
        ['b', ['c']],
      ]),
    ),
  ).toBeNull();
});
