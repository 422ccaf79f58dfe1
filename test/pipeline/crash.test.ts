import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { crash } from '../../bench/support/crashing.ts';
import { bundledProgram } from '../../bench/support/program.ts';

describe('a program that is killed', () => {
  let folder: string;
  let program: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'caducus-crash-'));
    program = await bundledProgram('crash-test');
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
    rmSync(program);
  });

  // `npm run test:crash` does the same with 200,000 events, fifty kills and three seeds.
  it('five times at random moments loses nothing, doubles nothing, and writes the bytes of a run left alone', async () => {
    const outcome = await crash({ program, folder: join(folder, 'work'), events: 4000, every: 250, kills: 5, seed: 11, fsync: 'never' });
    expect(outcome.kills).to.be.at.least(5);
    expect(outcome).to.deep.include({ lost: 0, duplicated: 0, same: { 'radar.ndjson': true, 'events/': true } });
  }).timeout(120_000);
});
