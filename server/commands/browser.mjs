import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { must } from './steps.mjs';

const CHROMIUM = '/usr/bin/chromium';
/** Debian keeps PostgreSQL's programs here, by version, and off the path. */
const POSTGRESQL = '/usr/lib/postgresql';
const onPath = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const forPostgres = (program) =>
  existsSync(POSTGRESQL) && readdirSync(POSTGRESQL).some((version) => existsSync(`${POSTGRESQL}/${version}/bin/${program}`));
const has = (program) => onPath(program) || forPostgres(program);

/** Installs from Debian what is missing of `programs` (program → package); throws with a sentence where that cannot be done. */
async function installFromDebian(programs) {
  const missing = Object.entries(programs).filter(([program]) => !has(program));
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name);
  if (!has('apt-get')) throw new Error(`The tests need ${packages.join(', ')}. Please install them and try again.`);
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...words) => must(`Installing ${packages.join(', ')}`, ...command([...sudo, 'apt-get', '-qq', '-y', ...words]));
  await apt('update');
  await apt('install', '--no-install-recommends', ...packages);
}

const command = ([program, ...words]) => [program, words, { DEBIAN_FRONTEND: 'noninteractive' }];

/**
 * What the tests need beside the npm packages: a Chromium, a Firefox, ffmpeg, which measures loudness independently of us, and
 * PostgreSQL and Redis, of which the tests start their own.
 * @returns {Promise<string>} the path of the Chromium to use, or '' for the one that Playwright has installed
 */
export async function installForTests() {
  const { chromium } = await import('@playwright/test');
  const own = existsSync(chromium.executablePath());
  await installFromDebian({
    ...(own ? {} : { chromium: 'chromium' }),
    ...{ 'firefox-esr': 'firefox-esr', ffmpeg: 'ffmpeg', curl: 'curl' },
    ...{ postgres: 'postgresql', 'redis-server': 'redis-server' },
  });
  return own ? '' : CHROMIUM;
}
