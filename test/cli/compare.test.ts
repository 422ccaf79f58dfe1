import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { ComparisonResult } from '../../src/memory/compare/comparisonResult.ts';
import { caducus } from '../support/caducus.ts';
import { temporaryFolder } from '../support/testIo.ts';

const start = Date.parse('2026-03-14T02:00:00Z');
const stamp = (second: number) => new Date(start + second * 1000).toISOString();

describe('two sides held against each other', () => {
  const folder = temporaryFolder();
  const write = (name: string, lines: readonly string[]) => writeFileSync(folder.file(name), lines.map((line) => `${line}\n`).join(''));
  before(() => {
    const plain = (from: number, many: number) =>
      Array.from({ length: many }, (_, i) => `${stamp(from + i * 2)} INFO request ${i} done in ${20 + (i % 9)} ms`);
    const errors = Array.from({ length: 20 }, (_, i) => `${stamp(3600 + i * 40)} ERROR disk ${i} failed`);
    write('quiet.log', plain(0, 1800));
    write('incident.log', [...plain(3600, 450), ...errors].toSorted());
    write(
      'both.ndjson',
      Array.from({ length: 1200 }, (_, i) =>
        JSON.stringify({
          time: stamp(i),
          level: 'info',
          service: i % 2 === 0 ? 'orders' : 'payments',
          version: i < 800 ? 'v1' : 'v2',
          msg: i >= 800 && i % 20 === 0 ? 'coupon rejected' : 'order placed',
        }),
      ),
    );
  });
  const run = async (...args: string[]) => caducus(args, { cwd: folder.path });
  const json = async (...args: string[]) => {
    const { exit, out, err } = await run(...args, '--json');
    expect(exit, err).to.equal(0);
    return JSON.parse(out) as ComparisonResult;
  };
  const states = ({ patterns }: ComparisonResult) => patterns.map(({ state, label }) => `${state} ${label}`);

  it('of two files reads lines that name no part of a service as of one, and names what is new', async () => {
    const result = await json('diff', 'quiet.log', 'incident.log');
    expect(states(result)).to.deep.equal(['new disk <n> failed']);
    expect(result.patterns[0]).to.include({ after: 20, before: 0, level: 'ERROR' });
    const { out } = await run('diff', 'quiet.log', 'incident.log');
    expect(out).to.match(/^DIFF {2}incident\.log {2}against quiet\.log +2026-03-14 {2}03:00:00-03:14:58Z$/m);
    expect(out).to.match(/^ +\d+ +[\d.]+ {2}ERROR {2}new +20 +0 +- {2}\w{4} {2}disk <n> failed$/m);
  });

  it('of files in which no line names a time has rates by lines, and shows no times', async () => {
    const lines = (many: number) => Array.from({ length: many }, (_, i) => (i % 3 === 0 ? `cache ${i} hit` : `request ${i} served`));
    write('plain-1.log', lines(3000));
    write('plain-2.log', [...lines(300), ...Array.from({ length: 100 }, (_, i) => `lease ${i} lost`)]);
    const result = await json('diff', 'plain-1.log', 'plain-2.log');
    expect(states(result)).to.deep.equal(['new lease <n> lost']);
    expect([result.after.from, result.before.to, result.patterns[0]!.first_seen]).to.deep.equal([null, null, null]);
    const { out } = await run('diff', 'plain-1.log', 'plain-2.log');
    expect(out).to.match(/^DIFF {2}plain-2\.log {2}against plain-1\.log\n400 events against 3,000; no line names a time/);
  });

  it('is what radar --baseline prints, of a pipe too', async () => {
    const { out } = await run('diff', 'quiet.log', 'incident.log');
    expect((await run('radar', '--baseline', 'quiet.log', 'incident.log')).out).to.equal(out);
    const piped = await caducus(['radar', '--baseline', folder.file('quiet.log'), '-', '--json'], {
      stdin: Array.from({ length: 20 }, (_, i) => `${stamp(3600 + i * 40)} ERROR disk ${i} failed\n`).join(''),
    });
    expect(states(JSON.parse(piped.out) as ComparisonResult)).to.include('new disk <n> failed');
  });

  it('of two times and of two versions of one file', async () => {
    expect(states(await json('diff', '02:00Z..02:13Z', '02:14Z..02:20Z', 'both.ndjson'))).to.deep.equal(['new coupon rejected']);
    expect(states(await json('diff', '--by', 'version', 'v1', 'v2', 'both.ndjson'))).to.deep.equal(['new coupon rejected']);
  });

  it('of two groups of the store, whose names it does not take for a difference', async () => {
    const data = ['--data-dir', folder.file('data')];
    const events = (await run('radar', 'both.ndjson', '--json')).exit;
    expect(events).to.equal(0);
    const pipeline = `name: fill\nsources:\n  log: { file: { path: ${folder.file('both.ndjson')} } }\nsinks:\n  store: { segments: {} }\n`;
    write('fill.yaml', [pipeline]);
    expect((await run('run', 'fill.yaml', ...data)).exit).to.equal(0);
    const result = await json('diff', '--by', 'group', 'payments', 'orders', ...data);
    expect(states(result)).to.deep.equal(['new coupon rejected']);
    expect(states(await json('diff', '02:00Z..02:13Z', '02:14Z..02:20Z', ...data))).to.deep.equal(['new coupon rejected']);
  });
});
