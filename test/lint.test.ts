import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { temporaryFolder } from './support/testIo.ts';

const run = promisify(execFile);
const rules = (createRequire(import.meta.url)('../.dependency-cruiser.cjs') as { forbidden: { name: string }[] }).forbidden.map(
  (r) => r.name,
);
const wrong = 'test/fixtures/lint';

/** Output of a command that is expected to find fault. */
async function complaints(command: string, args: string[], cwd = '.'): Promise<string> {
  return run(command, args, { cwd }).then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  );
}

describe('the lint rules', () => {
  let imports = '';
  before(async () => {
    imports = await complaints(
      resolve('node_modules/.bin/depcruise'),
      ['--config', resolve('.dependency-cruiser.cjs'), '--output-type', 'json', 'src', 'operators', 'config'],
      wrong,
    );
  });

  for (const rule of rules) {
    it(`${rule} bites on a file that breaks it`, () => {
      const { summary } = JSON.parse(imports) as { summary: { violations: { rule: { name: string } }[] } };
      expect(summary.violations.map((v) => v.rule.name)).to.include(rule);
    });
  }

  it('the clock, timers, randomness, the network, globals and the process are refused outside io and cli', async () => {
    const folder = temporaryFolder().path;
    cpSync(wrong, folder, { recursive: true });
    cpSync('.oxlintrc.json', join(folder, '.oxlintrc.json'));
    const text = await complaints(resolve('node_modules/.bin/oxlint'), ['--format', 'json', 'src/safeguards/clock.ts'], folder);
    for (const word of ['Date.now', 'Math.random', 'globalThis', 'setTimeout', 'process', 'console', 'fetch'])
      expect(text).to.contain(word);
  });

  it('the project itself breaks none', async () => {
    await run('node_modules/.bin/depcruise', ['--config', '.dependency-cruiser.cjs', 'src', 'operators', 'config']);
  }).timeout(60_000);
});
