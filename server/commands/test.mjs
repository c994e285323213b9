import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installForTests } from './browser.mjs';
import { build } from './build.mjs';
import { check } from './check.mjs';
import { install, installed, root, run } from './steps.mjs';

const REPORTS = join(root, 'test-results');
const UNIT = join(REPORTS, 'unit.json');
const FLOWS = join(REPORTS, 'flows.json');

const total = { passed: 0, failed: 0 };
const count = ({ passed, failed }) => {
  total.passed += passed;
  total.failed += failed;
};

/** A run that failed without a failed test (it did not even start) counts as one failure. */
function tally(name, code, read) {
  let counts = { passed: 0, failed: 0 };
  try {
    counts = read();
  } catch (error) {
    console.log(`${name}: no report (${error.message})`);
  }
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed`);
  count(counts);
}

/** `npm test`: everything, from a fresh clone. Ends with `N passed, N failed`. */
async function test() {
  await install();
  rmSync(REPORTS, { recursive: true, force: true });
  const chromium = await installForTests();
  await build();
  count(await check());
  const unit = await run(installed('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${UNIT}`]);
  tally('unit, contract, sync and sound', unit, () => {
    const report = JSON.parse(readFileSync(UNIT, 'utf8'));
    return { passed: report.numPassedTests, failed: report.numFailedTests };
  });
  const flows = await run(installed('playwright'), ['test', '--config', 'e2e/playwright.config.ts'], {
    CHROMIUM: chromium,
    FLOWS_REPORT: FLOWS,
  });
  tally('end to end', flows, () => {
    const { stats } = JSON.parse(readFileSync(FLOWS, 'utf8'));
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped };
  });
}

try {
  await test();
} catch (error) {
  console.error(error);
  total.failed += 1;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed ? 1 : 0;
