import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** Kilobytes of address space: many times what decoding sound takes. */
const MEMORY_KB = 2_000_000;
/** Seconds of processor time: three hours of sound take less than one minute. */
const PROCESSOR_SECONDS = 900;

/**
 * Where a system does not know a limit, the program runs without that one. A program that writes no files (`-f 0`) can still write
 * into a pipe.
 */
const LIMITS = [`-v ${MEMORY_KB}`, `-t ${PROCESSOR_SECONDS}`, '-f 0', '-c 0'].map((limit) => `ulimit ${limit} 2>/dev/null`).join('; ');

/** What a shell says when there is no such program. */
export const NO_PROGRAM = 127;

export type Confined = ChildProcessByStdio<null, Readable, Readable>;

/**
 * Runs a program that reads what strangers sent: with bounds on memory and processor time, unable to write files, and with nothing
 * of the service's environment but where programs are found. Its standard input is empty.
 */
export function runConfined(program: string, words: readonly string[]): Confined {
  const child = spawn('/bin/sh', ['-c', `${LIMITS}; exec "$0" "$@"`, program, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
    env: { NODE_ENV: 'production', PATH: process.env['PATH'] ?? '' },
  });
  // Without a shell it closes at once, which says enough.
  child.on('error', () => {});
  return child;
}
