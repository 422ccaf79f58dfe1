import { expect } from 'chai';
import { builtins } from '../../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { extend } from '../../../src/pipeline/registry.ts';
import { openRun } from '../../../src/run/openRun.ts';
import type { Finding, Signal } from '../../../src/signal.ts';
import { eventAt } from '../../support/fakes.ts';
import { memoryFiles, type MemoryFiles } from '../../support/memoryFiles.ts';
import { pushSource } from '../../support/pushSource.ts';
import { testIo } from '../../support/testIo.ts';

const second = 1000;
const minute = 60 * second;

const operators = `operators:
  - group_by: { key: group_id }
  - memory: { window: 1m }
  - rank: {}
  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]
`;
const text = (beside: string, { ops = operators, sink = '' } = {}) => `name: p
sources: { app: { push: {}, ${beside} } }
${ops}sinks: { out: { ndjson: { path: /d/out.ndjson, select: [finding] } } ${sink} }
`;

function start(file: string, files: MemoryFiles = memoryFiles(), source = pushSource()) {
  const io = { ...testIo(), files };
  const stop = new AbortController();
  const seen: Signal[] = [];
  const registry = extend(builtins, { sources: [source.source] });
  const pipeline = loadPipeline('p.yaml', file, { registry, variables: { env: {}, config: () => undefined } });
  const opened = openRun(pipeline, {
    mode: 'durable',
    io,
    dataDir: '/d',
    stop: stop.signal,
    observe: (signal) => void seen.push(signal),
  });
  const done = opened.then(async (run) => {
    const report = await run.execute();
    await run.close();
    return report;
  });
  /** An event every ten seconds for that long. */
  const speak = async (ms: number, line = 'all is well') => {
    for (let at = 0; at < ms; at += 10 * second) {
      source.push([eventAt(io.now(), line)]);
      await io.pass(10 * second);
    }
  };
  const findings = () => seen.flatMap((signal): Finding[] => (signal.kind === 'finding' ? [signal.finding] : []));
  const told = () =>
    findings().map(({ title, state, since, updated }) => `${title}: ${state} ${since.slice(11, 19)} ${updated.slice(11, 19)}`);
  const end = async () => {
    stop.abort();
    await io.pass(second);
    return done;
  };
  return { io, files, source, speak, findings, told, end, opened, pass: io.pass };
}

describe('a source that should send and does not', () => {
  it('is a finding after that time, and its end when it sends again; its trouble stands in the report', async () => {
    const run = start(text('expect: 5m'));
    await run.speak(2 * minute);
    await run.pass(6 * minute);
    expect((await run.opened).figures()!.report.sources[0]).to.have.nested.property('trouble.why', 'app sends nothing');
    await run.speak(20 * second);
    const report = await run.end();
    expect(run.told()).to.deep.equal(['app sends nothing: firing 00:01:51 00:06:51', 'app sends nothing: resolved 00:01:51 00:08:01']);
    expect(run.findings()[0]).to.deep.include({ severity: 'critical', group_id: 'source:app', rule: 'expected' });
    expect(report.sources.find(({ id }) => id === 'app')).not.to.have.property('trouble');
    const written = run.files.texts()['/d/out.ndjson']!;
    expect(written.trim().split('\n')).to.have.length(2);
  });

  it('is a finding although nothing ever came of any source', async () => {
    const run = start(text('expect: 1m'));
    await run.pass(2 * minute);
    await run.end();
    expect(run.told()).to.deep.equal(['app sends nothing: firing 00:00:00 00:01:00']);
  });

  it('is none while it sends often enough, or has ended', async () => {
    const run = start(text('expect: 15s'));
    await run.speak(3 * minute);
    run.source.end();
    await run.pass(3 * minute);
    await run.end();
    expect(run.told()).to.deep.equal([]);
  });

  it('keeps its finding over a restart, which the next run ends', async () => {
    const first = start(text('expect: 1m'));
    await first.speak(30 * second);
    await first.pass(2 * minute);
    await first.end();
    const later = start(text('expect: 1m'), first.files);
    await later.pass(3 * minute);
    expect(later.told()).to.deep.equal([]);
    await later.speak(10_000);
    await later.end();
    expect(later.findings().map(({ state, id }) => [state, id])).to.deep.equal([['resolved', first.findings()[0]!.id]]);
  });

  it('goes where findings go in a pipeline without rules, and in one without operators', async () => {
    for (const ops of ['', 'operators: [{ group_by: { key: group_id } }]\n']) {
      const run = start(text('expect: 1m', { ops }));
      await run.pass(2 * minute);
      await run.end();
      expect(run.files.texts()['/d/out.ndjson']).to.include('"app sends nothing"');
    }
  });

  it('does not take a pause of the process for silence', async () => {
    const run = start(text('expect: 5m'));
    await run.speak(30 * second);
    run.io.advance(60 * minute);
    await run.pass(second);
    await run.speak(30 * second);
    await run.end();
    expect(run.told()).to.deep.equal([]);
  });

  it('cannot be one that ends by itself', () => {
    const file = `name: p\nsources: { app: { store: { path: /d }, expect: 5m } }\n`;
    expect(() => loadPipeline('p.yaml', file, { registry: builtins, variables: { env: {}, config: () => undefined } })).to.throw(
      'store ends by itself',
    );
  });
});

describe('a canary line', () => {
  const canary = 'canary: { text: caducus-canary, every: 1m, within: 30s }';

  it('is timed from its own time to where findings are announced', async () => {
    const run = start(text(canary));
    run.source.push([eventAt(run.io.now() - 4 * second, 'cron: caducus-canary 17')]);
    await run.pass(2 * second);
    expect((await run.opened).figures()!.report.sources[0]!.canary).to.deep.equal({ at: run.io.now() - 2 * second, took: 4 * second });
    await run.end();
  });

  it('that is missing is a finding although other lines come, and that comes again ends it', async () => {
    const run = start(text(canary));
    run.source.push([eventAt(run.io.now(), 'caducus-canary')]);
    await run.speak(3 * minute);
    run.source.push([eventAt(run.io.now(), 'caducus-canary')]);
    await run.pass(2 * second);
    await run.end();
    expect(run.told()).to.deep.equal([
      'the canary of app is late or missing: firing 00:00:01 00:01:31',
      'the canary of app is late or missing: resolved 00:00:01 00:03:01',
    ]);
  });

  it('that takes too long is a finding as well', async () => {
    const run = start(text(canary));
    for (let at = 0; at < 6; at += 1) {
      run.source.push([eventAt(run.io.now() - 45 * second, 'caducus-canary')]);
      await run.pass(30 * second);
    }
    await run.end();
    expect(run.told().map((line) => line.split(' firing')[0])).to.deep.equal(['the canary of app is late or missing:']);
  });
});
