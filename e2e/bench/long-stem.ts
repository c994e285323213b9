import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { madeBy } from '../support/files';

const FOLDER = fileURLToPath(new URL('../../public/demo-song/stems', import.meta.url));
const DEMO = readdirSync(FOLDER).sort();

/** Makes a stereo stem of `seconds`: one of the demo song's, over and over, each number beginning elsewhere. Its path. */
export function longStem(number: number, seconds: number): string {
  const source = DEMO[number % DEMO.length] ?? '';
  const words = ['-i', join(FOLDER, source), '-af', `aloop=loop=-1:size=4224000:start=${number * 48_000}`, '-t', String(seconds)];
  return madeBy(`stem-${number}.flac`, [...words, '-ac', '2', '-sample_fmt', 's16', '-c:a', 'flac', '-compression_level', '0']);
}
