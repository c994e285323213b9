import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { inStep, serve } from './served.fixture';

test('3.4 on a full disk nothing is acknowledged; with room again all of it is, by itself', async () => {
  const { address, database, service } = await serve(path.join(mkdtempSync(path.join(tmpdir(), 'full-')), 'mix.db'));
  const pages = (number: number) => database.ask('query', [`PRAGMA max_page_count = ${number}`, []]);
  const ann = await inStep(address, 'ann');
  const ben = await inStep(address, 'ben');
  // Not one page more than there is: SQLite says that the disk is full.
  await pages(1);
  const name = 'n'.repeat(80);
  const written: string[] = [];
  const write = () => {
    const id = `m${written.length}`;
    written.push(id);
    ann.doc.transact(() => {
      for (let n = 0; n < 100; n++) ann.doc.getMap('markers').set(`${id}x${n}`, new Y.Map([['name', name]]));
    });
  };
  ann.closed = 0;
  const before = ann.saved;
  for (let n = 0; n < 20 && ann.closed === 0; n++) {
    write();
    await ann.until(() => ann.closed !== 0 || ann.saved === before + written.length);
  }
  expect(ann.closed).toBe(1013);
  const saved = ann.saved - before;
  expect(saved).toBeLessThan(written.length);
  // Nobody was shown what is not on disk.
  expect(ben.doc.getMap('markers').size).toBe(saved * 100);
  await pages(1_000_000);
  await ben.until(() => ben.doc.getMap('markers').size === written.length * 100);
  expect((await service.read('song')).markers.size).toBe(written.length * 100);
});
