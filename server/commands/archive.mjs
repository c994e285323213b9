import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';

/** What a backup is: the files of a data folder, and a list of them with their hashes, which is written last. */
export const MANIFEST = 'manifest.json';
export const DATABASE = 'mixing-table.sqlite';
export const FORMAT = 1;

/** A sentence for whoever runs the command. */
export class Impossible extends Error {}

/** The embedded data folder; refuses where the data lies elsewhere. */
export function dataFolder(environment) {
  const elsewhere = ['DATABASE_URL', 'S3_ENDPOINT'].find((name) => environment[name]);
  if (elsewhere) {
    throw new Impossible(
      `${elsewhere} is set: the data lies in PostgreSQL and a bucket, not in a folder. Back them up with pg_dump and the bucket's own tools, as the README says.`,
    );
  }
  return resolve(environment.DATA_DIR || './data');
}

/** Every file below a folder, as paths from it, in order. */
export async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

export async function isEmpty(folder) {
  const names = await readdir(folder).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.length === 0;
}

/** SHA-256 and size of a file. */
export async function measured(path) {
  const sum = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    bytes += chunk.length;
    sum.update(chunk);
  }
  return { bytes, sha256: sum.digest('hex') };
}

const CANNOT_LINK = new Set(['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'ENOSYS']);

/**
 * Puts a file that is never changed once it is there (a blob) under another name, by a link where the two lie on one file system.
 * Resolves to false when it has been removed meanwhile.
 */
export async function place(from, to) {
  await mkdir(dirname(to), { recursive: true });
  try {
    await link(from, to);
  } catch (error) {
    if (error.code === 'EEXIST') return true;
    if (error.code === 'ENOENT') return false;
    if (!CANNOT_LINK.has(error.code)) throw error;
    return await copied(from, to);
  }
  return true;
}

/** Copies a file, whole or not at all; false when it has been removed meanwhile. */
export async function copied(from, to) {
  await mkdir(dirname(to), { recursive: true });
  try {
    await copyFile(from, `${to}.part`, constants.COPYFILE_FICLONE);
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
  await synced(`${to}.part`);
  await rename(`${to}.part`, to);
  return true;
}

/** Resolves when a file, or a folder's names, are on disk. */
export async function synced(path) {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The list of a backup; refuses a folder that is none, or not whole. */
export async function readManifest(folder) {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => null);
  if (text === null) throw new Impossible(`There is no whole backup in ${folder}: it has no ${MANIFEST}, which is written last.`);
  const manifest = JSON.parse(text);
  if (manifest.format !== FORMAT) throw new Impossible(`The backup in ${folder} was made by another version of the program.`);
  return manifest;
}

/** Runs a command: its sentence on standard error and exit code 1 when it is impossible. */
export async function ends(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Impossible ? error.message : error);
    process.exitCode = 1;
  }
}
