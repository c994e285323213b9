import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import {
  copied,
  DATABASE,
  dataFolder,
  ends,
  FORMAT,
  filesBelow,
  Impossible,
  isEmpty,
  MANIFEST,
  measured,
  place,
  synced,
} from './archive.mjs';

/** Links or copies every blob that is not in the backup yet. */
async function placeBlobs(data, target) {
  const blobs = join(data, 'blobs');
  if (!existsSync(blobs)) return;
  for (const path of await filesBelow(blobs)) if (!path.startsWith('.partial')) await place(join(blobs, path), join(target, 'blobs', path));
}

/** The whole database as it is at one moment, though others go on writing. */
async function copyDatabase(file, target) {
  const sqlite = new DatabaseSync(file);
  try {
    sqlite.exec('PRAGMA busy_timeout = 30000');
    sqlite.prepare('VACUUM INTO ?').run(target);
  } finally {
    sqlite.close();
  }
  await synced(target);
}

/** `npm run backup -- FOLDER`: a copy of all data, made while the service runs. */
async function backup(folder) {
  if (!folder) throw new Impossible('Say where to: npm run backup -- FOLDER');
  const target = resolve(folder);
  const data = dataFolder(process.env);
  if (!existsSync(join(data, DATABASE))) throw new Impossible(`There is nothing to back up in ${data}. DATA_DIR says where the data is.`);
  if (target === data || target.startsWith(join(data, '/'))) throw new Impossible('The backup cannot lie inside the data itself.');
  if (!(await isEmpty(target))) throw new Impossible(`${target} is not empty. Nothing was changed; name a new folder for each backup.`);
  await mkdir(target, { recursive: true, mode: 0o700 });
  await copied(join(data, 'secret'), join(target, 'secret'));
  // Blobs never change. First most of them, then the database, then what the database may know beyond: so none that it names lacks.
  await placeBlobs(data, target);
  await copyDatabase(join(data, DATABASE), join(target, DATABASE));
  await placeBlobs(data, target);
  const files = [];
  for (const path of await filesBelow(target)) files.push({ path, ...(await measured(join(target, path))) });
  const manifest = { format: FORMAT, made: new Date().toISOString(), files };
  await writeFile(join(target, `${MANIFEST}.part`), JSON.stringify(manifest, null, 1));
  await synced(join(target, `${MANIFEST}.part`));
  await rename(join(target, `${MANIFEST}.part`), join(target, MANIFEST));
  await synced(target);
  const megabytes = Math.round(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e5) / 10;
  console.log(`Backed up ${files.length} files, ${megabytes} MB, into ${target}`);
}

await ends(() => backup(process.argv[2]));
