import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';

const start = Date.parse('2026-03-14T02:00:00Z');
const stamp = (second: number) => new Date(start + second * 1000).toISOString();

describe('caducus diff', () => {
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

  it('for a ticket is a table of Markdown', async () => {
    const { out } = await run('diff', 'quiet.log', 'incident.log', '--format', 'markdown');
    expect(out)
      .to.contain('**incident.log** against **quiet.log**')
      .and.to.match(/^\| \d+ \| [\d.]+ \| ERROR \| new \| 20 \| 0 \| - \|/m);
  });

  it('says what is wrong and what to do', async () => {
    const wrong: [string[], RegExp][] = [
      [['diff', 'quiet.log', 'incident.log', 'both.ndjson'], /Say with --by/],
      [['diff', '--by', 'version', 'v1', 'v9', 'both.ndjson'], /there are no events in v9/],
      [['diff', 'quiet.log', 'none.log'], /there is no file none\.log/],
      [['diff', '-', '-'], /cannot be both sides/],
      [['diff', '02:00Z..', '..03:00Z', '-'], /times of standard input/],
      [['diff', '--by', 'time', '02:00Z..', '..03:00Z', '--data-dir', folder.file('empty')], /there are no events in/],
      [['diff', 'quiet.log', 'incident.log', '--format', 'html'], /no page of its own/],
      [['radar', '--baseline', 'quiet.log'], /no file is named/],
    ];
    for (const [args, message] of wrong) {
      const { exit, err } = await run(...args);
      expect(err, args.join(' ')).to.match(message);
      expect(exit).to.be.above(0);
    }
  });
});
