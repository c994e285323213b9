import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

let loading: Promise<WebAssembly.Module> | undefined;

/** The desk's module in Node, read once from the built files (`public/built` below the working directory). */
export function loadDeskModule(path = join(process.cwd(), 'public/built/desk.wasm')): Promise<WebAssembly.Module> {
  loading ??= readFile(path).then((bytes) => WebAssembly.compile(bytes));
  return loading;
}
