import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { copied, DATABASE, dataFolder, ends, Impossible, isEmpty, measured, readManifest, synced } from './archive.mjs';

/** Refuses a database that is damaged in itself. */
function checkDatabase(file) {
  const sqlite = new DatabaseSync(file);
  try {
    const [{ integrity_check: found } = {}] = sqlite.prepare('PRAGMA integrity_check').all();
    if (found !== 'ok') throw new Impossible(`The database of the backup is damaged: ${found}`);
  } finally {
    sqlite.close();
  }
}

/** Copies every file of the list and refuses what is not what the list says. */
async function copyChecked(source, files, target) {
  for (const { path, bytes, sha256 } of files) {
    const to = resolve(target, path);
    if (!to.startsWith(join(target, '/'))) throw new Impossible(`The backup names a file outside of itself: ${path}`);
    if (!(await copied(join(source, path), to))) throw new Impossible(`The backup is not whole: ${path} is missing.`);
    const found = await measured(to);
    if (found.bytes !== bytes || found.sha256 !== sha256) throw new Impossible(`The backup is damaged: ${path} is not what it was.`);
  }
}

/** `npm run restore -- FOLDER`: makes a backup the data of a service that does not run. All of it, or nothing. */
async function restore(folder) {
  if (!folder) throw new Impossible('Say where from: npm run restore -- FOLDER');
  const data = dataFolder(process.env);
  const source = resolve(folder);
  const { files } = await readManifest(source);
  if (!(await isEmpty(data))) {
    throw new Impossible(`${data} is not empty. Nothing was changed; stop the service, move that folder away, and try again.`);
  }
  const partial = `${data}.restoring`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  try {
    await copyChecked(source, files, partial);
    checkDatabase(join(partial, DATABASE));
    await chmod(join(partial, 'secret'), 0o600);
    await mkdir(dirname(data), { recursive: true });
    if (existsSync(data)) await rmdir(data);
    await rename(partial, data);
    await synced(dirname(data));
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
  console.log(`Restored ${files.length} files into ${data}`);
}

await ends(() => restore(process.argv[2]));
