/**
 * Builds `public/built/desk.wasm` from `assembly/`. The numbers of the parameters come from the one table in `lib/mix`,
 * bundled on the fly, so that they are written nowhere twice. Usable as a command, as vitest's `globalSetup`, and by the
 * build through `compileDesk()`.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, '../..');
const ASSEMBLY = join(HERE, 'assembly');
const GENERATED = join(ASSEMBLY, 'generated', 'parameters.ts');
const WASM = join(ROOT, 'public/built/desk.wasm');
const SOURCES = [ASSEMBLY, join(ROOT, 'lib/mix/parameters'), join(ROOT, 'lib/media/segment.ts'), join(ROOT, 'lib/dsp/response')];
/** Below this byte lie the compiler's own constants; the desk's areas begin here (`assembly/layout.ts`). */
const STATIC_LIMIT = 65_536;

/** Latest change of any file at or under `path`, generated ones aside. */
function changedAt(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const inside = readdirSync(path).filter((name) => name !== 'generated' && !name.includes('.test.'));
  return Math.max(0, ...inside.map((name) => changedAt(join(path, name))));
}

/** The tables as one module, with their types stripped. */
async function loadTables() {
  const entry = [
    "export { STRIP_ROWS, SEND_ROWS, INSERT_ROWS, INSERT_TYPES, DELAY_NOTES, LFO_NOTES, SLOPES, EQ_BANDS } from './lib/mix';",
    "export { SEGMENT_FRAMES } from './lib/media';",
  ].join('\n');
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
}

const constantName = (owner, id) => `${owner}_${id}`.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
const number = (value) => (Number.isInteger(value) ? `${value}.0` : `${value}`);

/** How the desk smooths a value: 0 as it is, 1 as its logarithm, 2 as the gain its decibels stand for. */
function domainOf(row) {
  if (row.law === 'fader') return 2;
  return row.law === 'log' ? 1 : 0;
}

function generate(tables) {
  const owners = [
    ['STRIP', tables.STRIP_ROWS],
    ['SEND', tables.SEND_ROWS],
    ...tables.INSERT_TYPES.map((type) => [type.toUpperCase(), tables.INSERT_ROWS[type]]),
  ];
  const rows = owners.flatMap(([, list]) => list);
  const lines = ['// Made by lib/desk/compile.mjs from the parameter table in lib/mix.'];
  let first = 0;
  const firsts = new Map();
  for (const [owner, list] of owners) {
    lines.push(`export const ${owner}_FIRST: i32 = ${first};`, `export const ${owner}_COUNT: i32 = ${list.length};`);
    list.forEach((row, index) => {
      lines.push(`export const ${constantName(owner, row.id)}: i32 = ${index};`);
    });
    firsts.set(owner, first);
    first += list.length;
  }
  const table = (name, values) => lines.push(`export const ${name}: usize = memory.data<f64>([${values.map(number).join(', ')}]);`);
  table(
    'ROW_DEFAULT',
    rows.map((row) => row.default),
  );
  table(
    'ROW_MIN',
    rows.map((row) => row.min),
  );
  table(
    'ROW_MAX',
    rows.map((row) => row.max),
  );
  table(
    'ROW_SMOOTHING',
    rows.map((row) => row.smoothing),
  );
  table('ROW_DOMAIN', rows.map(domainOf));
  table(
    'ROW_DECIBELS',
    rows.map((row) => (row.unit === 'dB' ? 1 : 0)),
  );
  const kinds = tables.INSERT_TYPES.map((type) => type.toUpperCase());
  for (const type of tables.INSERT_TYPES) {
    const [on, mix] = tables.INSERT_ROWS[type];
    if (on?.id !== 'on' || mix?.id !== 'mix') throw new Error(`The insert ${type} must begin with on and mix.`);
  }
  lines.push(...kinds.map((kind, index) => `export const INSERT_${kind}: i32 = ${index};`));
  lines.push(
    `export const INSERT_KINDS: i32 = ${kinds.length};`,
    'export const INSERT_ON: i32 = 0;',
    'export const INSERT_MIX: i32 = 1;',
    `export const INSERT_FIRSTS: usize = memory.data<i32>([${kinds.map((kind) => firsts.get(kind)).join(', ')}]);`,
    `export const INSERT_COUNTS: usize = memory.data<i32>([${tables.INSERT_TYPES.map((type) => tables.INSERT_ROWS[type].length).join(', ')}]);`,
  );
  table('SLOPE_TABLE', tables.SLOPES);
  table(
    'NOTE_QUARTERS',
    tables.DELAY_NOTES.map((note) => note.quarters),
  );
  table(
    'LFO_QUARTERS',
    tables.LFO_NOTES.map((note) => note.quarters),
  );
  lines.push(`export const EQ_BANDS: i32 = ${tables.EQ_BANDS};`, `export const SEGMENT_FRAMES: i32 = ${tables.SEGMENT_FRAMES};`);
  return `${lines.join('\n')}\n`;
}

async function runCompiler(out) {
  const { default: asc } = await import('assemblyscript/asc');
  const path = (file) => relative(ROOT, file);
  const { error, stderr } = await asc.main(
    [
      path(join(ASSEMBLY, 'index.ts')),
      ...['--baseDir', ROOT, '--outFile', path(out)],
      ...['--runtime', 'stub', '--use', 'abort=', '--noAssert', '--uncheckedBehavior', 'always'],
      ...['-O3', '--converge', '--enable', 'threads', '--enable', 'simd'],
      ...['--importMemory', '--sharedMemory', '--initialMemory', '256', '--maximumMemory', '65536', '--zeroFilledMemory'],
    ],
    {},
  );
  if (error) throw new Error(`The desk does not compile.\n${stderr}`);
}

/** Throws unless the module asks for nothing but its memory and keeps its constants below the desk's areas. */
async function checkModule(file) {
  const module = await WebAssembly.compile(readFileSync(file));
  const imports = WebAssembly.Module.imports(module).map((one) => `${one.module}.${one.name}`);
  if (imports.join() !== 'env.memory') throw new Error(`The desk must import only its memory, but wants ${imports.join(', ')}.`);
  const memory = new WebAssembly.Memory({ initial: 256, maximum: 512, shared: true });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  if (exports.constantsEnd() > STATIC_LIMIT)
    throw new Error(`The desk's constants end at ${exports.constantsEnd()}, above ${STATIC_LIMIT}.`);
}

/** Compiles the desk where its sources are newer than the built file; resolves to the file's path. */
export async function compileDesk() {
  const built = statSync(WASM, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Math.max(changedAt(join(HERE, 'compile.mjs')), ...SOURCES.map(changedAt)) <= built) return WASM;
  mkdirSync(dirname(GENERATED), { recursive: true });
  mkdirSync(dirname(WASM), { recursive: true });
  writeFileSync(GENERATED, generate(await loadTables()));
  const fresh = `${WASM}.${process.pid}.tmp`;
  await runCompiler(fresh);
  await checkModule(fresh);
  renameSync(fresh, WASM);
  return WASM;
}

export default async function setup() {
  await compileDesk();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(await compileDesk());
