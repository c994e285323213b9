import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { NO_PROGRAM, runConfined } from './confined';

async function told(program: string, words: readonly string[]) {
  const child = runConfined(program, words);
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return { output, code };
}

test('A program that reads strangers’ files has bounds, and nothing of the service’s environment', async () => {
  process.env['TOKEN_OF_A_TEST'] = 'secret';
  const { output } = await told('sh', ['-c', 'ulimit -v; ulimit -t; pwd; env']);
  delete process.env['TOKEN_OF_A_TEST'];
  const [memory, seconds, folder, ...environment] = output.trim().split('\n');
  expect([memory, seconds, folder]).toEqual(['2000000', '900', '/']);
  expect(environment.join('\n')).toContain('PATH=');
  expect(output).not.toContain('secret');
});

test('It cannot write a file, take more memory than its share, or hide words in its arguments', async () => {
  const script = 'dd if=/dev/zero of="$1" bs=1k count=1 2>/dev/null; wc -c < "$1"; rm "$1"';
  expect((await told('sh', ['-c', script, 'sh', join(tmpdir(), `confined-${process.pid}`)])).output.trim()).toBe('0');
  expect((await told('node', ['-e', 'new ArrayBuffer(3e9)'])).code).not.toBe(0);
  expect((await told('echo', ['$(id); `id`', '"'])).output).toBe('$(id); `id` "\n');
  expect((await told('no-such-program', [])).code).toBe(NO_PROGRAM);
});
