import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const STEMS = fileURLToPath(new URL('../../public/demo-song/stems', import.meta.url));
const MADE = fileURLToPath(new URL('../../test-results/files', import.meta.url));

function ffmpeg(words: readonly string[]): void {
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...words]);
}

/** Writes a file of `seconds` of a stem of the demo song with ffmpeg's `options`; returns its path. */
export function stemAs(stem: string, name: string, options: readonly string[], seconds = 20): string {
  mkdirSync(MADE, { recursive: true });
  const path = join(MADE, name);
  ffmpeg(['-ss', '30', '-t', String(seconds), '-i', join(STEMS, stem), ...options, path]);
  return path;
}

/** A file made by ffmpeg from nothing but words; returns its path. */
export function madeBy(name: string, words: readonly string[]): string {
  mkdirSync(MADE, { recursive: true });
  const path = join(MADE, name);
  ffmpeg([...words, path]);
  return path;
}

/** Integrated loudness (LUFS) and true peak (dBTP) of a file by ffmpeg's `ebur128`, which shares no code with us. */
export function measuredByFfmpeg(path: string): { integrated: number; truePeak: number } {
  const text = execFileSync('sh', ['-c', 'ffmpeg -hide_banner -nostats -i "$0" -af ebur128=peak=true -f null - 2>&1', path], {
    encoding: 'utf8',
  });
  const summary = text.slice(text.lastIndexOf('Summary:'));
  const number = (pattern: RegExp) => Number(pattern.exec(summary)?.[1]);
  return { integrated: number(/I:\s+(-?[\d.]+) LUFS/), truePeak: number(/Peak:\s+(-?[\d.]+) dBFS/) };
}
