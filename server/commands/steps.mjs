import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder: commands work from wherever they are called. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs a program in the project's folder with its output shown.
 * @param {string} program @param {readonly string[]} words @param {Record<string, string>} [environment]
 * @returns {Promise<number>} its exit code
 */
export function run(program, words, environment = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

/** Runs a program of an installed package; throws when it fails. */
export async function must(what, program, words, environment) {
  const code = await run(program, words, environment);
  if (code !== 0) throw new Error(`${what} failed (exit code ${code}).`);
}

/** The path of an installed package's program. */
export const installed = (name) => join(root, 'node_modules', '.bin', name);

const hash = (text) => createHash('sha256').update(text).digest('hex');

/** Installs the dependencies of the lock file unless just these are there already. */
export async function install() {
  const stamp = join(root, 'node_modules', '.installed');
  const wanted = hash(readFileSync(join(root, 'package-lock.json')));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing what is missing …');
  await must('Installing', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { NODE_ENV: 'development' });
  writeFileSync(stamp, wanted);
}

const SOURCES = [
  'app',
  'lib',
  'server',
  'public',
  'package-lock.json',
  'tsconfig.json',
  'next.config.js',
  'postcss.config.mjs',
  'proxy.ts',
];
const NOT_SOURCES = new Set(['built', 'demo-song', 'node_modules']);

function* filesBelow(path) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) yield path;
  else for (const name of readdirSync(path).sort()) if (!NOT_SOURCES.has(name)) yield* filesBelow(join(path, name));
}

/** A fingerprint of everything that a build is made of. Tests are left out. */
export function fingerprint() {
  const sum = createHash('sha256').update(process.version);
  for (const source of SOURCES) {
    for (const file of filesBelow(join(root, source))) {
      if (/\.(test|contract|bench)\.tsx?$|\.md$/.test(file) || file.includes('generated')) continue;
      sum.update(file.slice(root.length)).update(readFileSync(file));
    }
  }
  return sum.digest('hex');
}

/** Remembers a text in a file of the build folder. */
export function remember(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
