import { expect } from 'chai';
import { builtins } from '../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { extend } from '../../src/pipeline/registry.ts';
import { openRun } from '../../src/run/openRun.ts';
import type { EventSignal, Finding } from '../../src/signal.ts';
import { eventAt } from '../support/fakes.ts';
import { memoryFiles } from '../support/memoryFiles.ts';
import { pushSource } from '../support/pushSource.ts';
import { testIo } from '../support/testIo.ts';

const second = 1000;
const hour = 3600 * second;
describe('a live source with one stamp 20 h ahead', () => {
  it('has the next ERROR told within 15 s', async () => {
    const push = pushSource();
    const io = Object.assign(testIo(), { files: memoryFiles() });
    const found: { finding: Finding; at: number }[] = [];
    const pipeline = loadPipeline(
      'p.yaml',
      `name: p
sources: { in: { push: {} } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m, early: 5s }
  - rank: { top: 5 }
  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]`,
      { registry: extend(builtins, { sources: [push.source] }), variables: { env: {}, config: () => undefined } },
    );
    const run = await openRun(pipeline, {
      mode: 'durable',
      io,
      dataDir: '/d',
      observe: (signal) => void (signal.kind === 'finding' && found.push({ finding: signal.finding, at: io.now() })),
    });
    const done = run.execute().finally(() => run.close());
    await io.pass(0);
    const say = async (text: string, level: string, ahead = 0) => {
      const signal: EventSignal = eventAt(io.now() + ahead, text);
      signal.event.metadata['level'] = level;
      push.push([signal]);
      await io.pass(second);
    };
    for (let i = 0; i < 300; i += 1) await say(`request ${i} served`, 'INFO');
    await say('request 300 served', 'INFO', 20 * hour);
    const began = io.now();
    await say('cannot reach the broker', 'ERROR');
    for (let i = 0; i < 30; i += 1) await say(`request ${i} served`, 'INFO');
    push.end();
    await io.pass(second);
    const report = await done;
    expect(report.sources[0]).to.include({ strays: 1 });
    expect(report.late).to.equal(0);
    const first = found.find(({ finding }) => finding.title.includes('cannot reach'));
    expect(first!.at - began).to.be.at.most(15 * second);
  });
});
