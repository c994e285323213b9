import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './steps.mjs';

/**
 * Which way arrows may run. Each rule names the files it speaks of, and what those must not import: a path of the project
 * or the name of a package. ARCHITECTURE.md says why.
 */
const RULES = [
  { of: /^server\//, never: /^(lib\/(audio|client|talk)|app)\// },
  { of: /^(app|lib)\//, never: /^server\// },
  { of: /^lib\//, never: /^app\// },
  { of: /^(app|server|lib|e2e)\//, except: /^(lib\/audio|e2e\/bench\/peers)\//, never: /^package:tone$/ },
  { of: /^(app|server|lib)\//, except: /^(lib\/(doc|client)|server\/sync)\//, never: /^package:(yjs|y-websocket|y-protocols)$/ },
  {
    of: /^server\//,
    except: /^server\/((compose|storage|exchange)\.ts|(embedded|cluster)\/|.*\.(test|fixture)\.ts)/,
    never: /^server\/(embedded|cluster)\//,
  },
  { of: /^server\/ports\//, except: /\.contract\.ts$/, never: /^server\/(?!ports\/)/ },
  { of: /^lib\/std\//, never: /^(lib\/(?!std\/)|package:)/ },
  { of: /^lib\/units\//, never: /^(lib\/(?!units\/|std\/)|package:)/ },
  { of: /^lib\/mix\//, never: /^lib\/(?!mix\/|units\/|std\/)/ },
  { of: /^lib\/dsp\//, never: /^lib\/(?!dsp\/|units\/|std\/)/ },
  { of: /^lib\/analysis\//, never: /^lib\/(?!analysis\/|mix\/|dsp\/|units\/|std\/)/ },
  { of: /^lib\/access\//, never: /^lib\/(?!access\/|std\/)/ },
  { of: /^lib\/doc\//, never: /^lib\/(?!doc\/|mix\/|units\/|std\/)/ },
  { of: /^lib\/protocol\//, never: /^lib\/(?!protocol\/|mix\/|access\/|std\/)/ },
  { of: /^lib\/talk\//, never: /^lib\/(?!talk\/|protocol\/|std\/)/ },
  { of: /^(app|lib)\//, except: /^lib\/(client|talk)\//, never: /^lib\/talk\// },
  { of: /^lib\/clock\//, never: /^lib\/(?!clock\/|units\/|std\/|protocol\/)/ },
  { of: /^lib\/media\//, never: /^lib\/(?!media\/|units\/|std\/)/ },
  { of: /^lib\/ingest\//, never: /^lib\/(client|audio|doc|protocol)\// },
  { of: /^lib\/desk\//, never: /^lib\/(client|audio|doc|protocol|media|ingest)\// },
  { of: /^lib\/audio\//, never: /^lib\/(client|doc|protocol)\// },
].map((rule) => ({ except: /\.(test|fixture)\.tsx?$/, ...rule, tests: rule.except === undefined }));

const FEATURE = /^server\/(people|sessions|invites|stems|comments|chat|snapshots|history)\//;
const ROOM = /^((?:lib|server)\/[^/]+|app\/_[^/]+)\//;

function* sources(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (entry.name !== 'assembly') yield* sources(path);
    } else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

/** The modules a source names, types too: static imports, re-exports and dynamic imports with a plain string. */
function named(parse, path) {
  const text = readFileSync(join(root, path), 'utf8');
  const { module, errors } = parse(path, text);
  if (errors.length) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => /^['"]([^'"]+)['"]$/.exec(text.slice(start, end))?.[1]);
  const again = module.staticExports.flatMap(({ entries }) => entries.map((entry) => entry.moduleRequest?.value));
  return new Set([...module.staticImports.map((entry) => entry.moduleRequest.value), ...again, ...dynamic].filter(Boolean));
}

const ENDINGS = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];

/** A path of the project, or `package:name`. */
function resolved(from, name) {
  if (!name.startsWith('.') && !name.startsWith('@/')) {
    return `package:${name
      .split('/')
      .slice(0, name.startsWith('@') ? 2 : 1)
      .join('/')}`;
  }
  const base = name.startsWith('@/') ? join(root, name.slice(2)) : resolve(root, dirname(from), name);
  const ending = ENDINGS.find((end) => existsSync(base + end) && (end !== '' || /\.[a-z]+$/.test(base)));
  return relative(root, base + (ending ?? ''));
}

/** What is wrong with an arrow between two paths of the project (or `package:name`): sentences, none when it is right. */
export function wrongWays(from, to) {
  const test = /\.(test|contract|bench|fixture)\.tsx?$/.test(from) || /^e2e\/(audio|bench)\//.test(from);
  const wrong = RULES.filter((rule) => !(test && rule.tests) && rule.of.test(from) && !rule.except.test(from) && rule.never.test(to)).map(
    (rule) => `${from} must not import ${to} (${rule.never})`,
  );
  const [, room] = ROOM.exec(from) ?? [];
  const [, other] = ROOM.exec(to) ?? [];
  const throughDoor = !other || room === other || /\/(index|[^/]*\.mjs)(\.tsx?)?$/.test(to) || !to.startsWith('lib/');
  if (!throughDoor && !test) wrong.push(`${from} must go through the door of ${other}, not ${to}`);
  const feature = FEATURE.exec(from)?.[1];
  if (feature && FEATURE.exec(to)?.[1] !== feature && /repository/.test(to)) wrong.push(`${from} must not reach into ${to}`);
  return wrong;
}

/** One cycle through `arrows` (a map of files to files), as a list of files, or null. */
export function cycle(arrows) {
  const state = new Map();
  const trail = [];
  const visit = (file) => {
    if (state.get(file) === 'done') return null;
    if (state.get(file) === 'open') return [...trail.slice(trail.indexOf(file)), file];
    state.set(file, 'open');
    trail.push(file);
    for (const next of arrows.get(file) ?? []) {
      const found = visit(next);
      if (found) return found;
    }
    trail.pop();
    state.set(file, 'done');
    return null;
  };
  for (const file of arrows.keys()) {
    const found = visit(file);
    if (found) return found;
  }
  return null;
}

/** Holds every import of the project against the rules. @returns {Promise<number>} 0 when all hold, else 1 */
export async function checkDirections() {
  const { parseSync } = await import('oxc-parser');
  const arrows = new Map();
  const wrong = [];
  for (const from of ['app', 'lib', 'server', 'e2e'].flatMap((folder) => [...sources(folder)])) {
    const to = [...named(parseSync, from)].map((name) => resolved(from, name));
    arrows.set(
      from,
      to.filter((path) => !path.startsWith('package:')),
    );
    wrong.push(...to.flatMap((path) => wrongWays(from, path)));
  }
  const found = cycle(arrows);
  if (found) wrong.push(`a cycle: ${found.join(' → ')}`);
  const count = [...arrows.values()].reduce((sum, list) => sum + list.length, 0);
  console.log(`${arrows.size} files, ${count} arrows, ${wrong.length} wrong`);
  for (const line of wrong) console.log(`  ${line}`);
  if (arrows.size < 50 || count < 50) throw new Error('The direction check hardly saw any file: it is broken itself.');
  return wrong.length ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await checkDirections();
