import { beforeAll, describe, expect, it } from 'vitest';
import { RebuiltConsole } from '../../../e2e/bench/fuzz/rebuilt-console';
import { loadDeskModule } from '../../desk/node';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_122);
const MOVES = Number(process.env['FUZZ_MOVES'] ?? 120);

describe(`whatever people do to a console while it plays (FUZZ_SEED=${SEED})`, () => {
  it('clicks nowhere; `npm run bench -- fuzz` goes on for minutes', () => {
    const console_ = new RebuiltConsole(module, SEED);
    const names: string[] = [];
    for (let n = 0; n < MOVES; n++) {
      names.push(console_.move());
      const { click, peak, numbers } = console_.listen(4800);
      const told = `FUZZ_SEED=${SEED}, move ${n}: ${names.slice(-5).join(', then ')}`;
      expect(numbers, told).toBe(true);
      expect(peak, told).toBeLessThan(1);
      expect(click, told).toBeLessThan(-20);
    }
  });
});
