import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { groups } from '../bench/suite/groups.ts';
import { renderBenchmarks } from '../bench/suite/renderBenchmarks.ts';

describe('the benchmarks', () => {
  for (const [name, { cases }] of Object.entries(groups)) {
    it(`of ${name} do their work, each round anew`, async () => {
      for (const { name: what, records, prepare } of cases(100)) {
        expect(records, what).to.be.above(0);
        const work = prepare();
        await work();
        await work();
      }
    });
  }

  it('are all on the page that a run of them writes', () => {
    const page = 'docs/benchmarks.md';
    expect(existsSync(page)).to.equal(true);
    const text = readFileSync(page, 'utf8');
    for (const { heading, cases } of Object.values(groups)) {
      expect(text).to.include(`## ${heading}`);
      for (const { name } of cases(1)) expect(text).to.include(`| ${name} |`);
    }
  });

  it('are written as a page with every row in its table', () => {
    const whole = [{ name: 'radar', perSecond: 123_456, ratio: 0.3, cpuRatio: 0.25, rssMiB: 150 }];
    const rows = [{ name: 'HDFS lines', us: 1.5, parses: 2 }];
    const text = renderBenchmarks({
      node: 'v20',
      machine: '2 x cpu',
      events: 1000,
      rounds: 3,
      whole,
      store: [{ store: '1,000 in segments', command: 'groups', firstSeconds: 2, seconds: 0.5, cpuSeconds: 0.4 }],
      groups: [{ heading: 'Formats', rows }],
    });
    expect(text)
      .to.include('| radar | 123,456 | 0.30 | 0.25 | 150 |')
      .and.include('| 1,000 in segments | `groups` | 2.00 | 0.50 | 0.40 |')
      .and.include('## Formats')
      .and.include('| HDFS lines | 1.50 | 2.00 |');
  });
});
