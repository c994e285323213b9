import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { VARIABLES } from './config';

const README = new URL('../README.md', import.meta.url);

test('the README lists every variable with its default, and no other', () => {
  const rows = Object.entries(VARIABLES).map(([name, [, preset, meaning]]) => `| \`${name}\` | ${preset ?? 'none'} | ${meaning} |`);
  const table = ['| name | default | meaning |', '|---|---|---|', ...rows].join('\n');
  const text = readFileSync(README, 'utf8');
  const between = text.slice(text.indexOf('<!-- variables -->') + 18, text.indexOf('<!-- /variables -->')).trim();
  expect(between).toBe(table);
});
