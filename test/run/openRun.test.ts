import { expect } from 'chai';
import { builtins } from '../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { openRun, runToEnd, type OpenRunOptions } from '../../src/run/openRun.ts';
import type { RunMode } from '../../src/run/runMode.ts';
import { eventLines } from '../support/durableRun.ts';
import { memoryFiles, type MemoryFiles } from '../support/memoryFiles.ts';
import { testIo } from '../support/testIo.ts';

const pipeline = loadPipeline(
  'p.yaml',
  `name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m }
  - rank: { top: 5 }
  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]
sinks: { out: { ndjson: { path: /d/out.ndjson, select: [event, finding] } } }`,
  { registry: builtins, variables: { env: {}, config: () => undefined } },
);

async function disk(lines = `${eventLines(200, { inOrder: true })}no JSON\n`): Promise<MemoryFiles> {
  const files = memoryFiles();
  await (await files.open('/in.ndjson', 'w')).write(Buffer.from(lines));
  return files;
}

/** What a run leaves below its data folder. */
const leftIn = (files: MemoryFiles) =>
  new Set(
    Object.keys(files.texts())
      .filter((path) => path.startsWith('/d/'))
      .map((path) => path.replace(/(checkpoint|keys)-\d+.*/, '$1').replace(/(recall)\/.*/, '$1')),
  );

const all = ['/d/out.ndjson', '/d/rejected/p.ndjson', '/d/state/p/checkpoint', '/d/state/p/keys', '/d/state/p/recall'];

describe('openRun', () => {
  const io = (files: MemoryFiles) => ({ ...testIo(), files });
  const left = async (options: RunMode & Partial<OpenRunOptions>, files?: MemoryFiles) => {
    const on = files ?? (await disk());
    await runToEnd(pipeline, { ...options, io: io(on) });
    return [...leftIn(on)].toSorted();
  };

  it('durable keeps checkpoints, recall, rejected records and what was decided, and gives up its lock', async () => {
    expect(await left({ mode: 'durable', dataDir: '/d' })).to.deep.equal([
      '/d/decisions/p/2026-03-13.ndjson',
      '/d/decisions/p/head.json',
      ...all,
    ]);
  });

  it('once keeps nothing but what sinks write, and recall only where it is named', async () => {
    expect(await left({ mode: 'once', dataDir: '/d' })).to.deep.equal(['/d/out.ndjson']);
    expect(await left({ mode: 'once', dataDir: '/d', recall: { name: '_files' } })).to.deep.equal([
      '/d/out.ndjson',
      '/d/state/_files/recall',
    ]);
  });

  it('dry leaves everything as it was', async () => {
    const files = await disk();
    await left({ mode: 'durable', dataDir: '/d' }, files);
    const before = files.texts();
    await (await files.open('/in.ndjson', 'a')).write(Buffer.from(eventLines(50, { inOrder: true, from: 200 })));
    let seen = 0;
    await left({ mode: 'dry', dataDir: '/d', observe: ({ kind }) => void (seen += kind === 'event' ? 1 : 0) }, files);
    expect(seen).to.equal(50);
    expect(files.texts()).to.deep.equal({ ...before, '/in.ndjson': files.texts()['/in.ndjson'] });
  });

  it('fresh forgets what the run before has kept', async () => {
    const files = await disk();
    const count = async (fresh: boolean) => {
      const report = await runToEnd(pipeline, { mode: 'durable', fresh, io: io(files), dataDir: '/d' });
      return report.sources[0]!.read;
    };
    expect([await count(false), await count(false), await count(true)]).to.deep.equal([201, 0, 201]);
  });

  it('retry hears the marks of a pipeline with rules, and moves no source', async () => {
    const files = await disk();
    await left({ mode: 'durable', dataDir: '/d' }, files);
    const record = {
      id: 'r',
      pipeline: 'p',
      source: 'in',
      reason: 'mended',
      at: '',
      place: {},
      original: eventLines(1, { inOrder: true, from: 300 }).trim(),
    };
    const stop = new AbortController();
    const retry = { records: () => Promise.resolve([record]), done: () => stop.abort() };
    const report = await runToEnd(pipeline, { mode: 'durable', retry, stop: stop.signal, io: io(files), dataDir: '/d' });
    expect(report.sources.map(({ accepted }) => accepted)).to.deep.equal([1]);
    expect(files.texts()['/d/out.ndjson']).to.contain('"e0000300"');
    const next = await runToEnd(pipeline, { mode: 'durable', io: io(files), dataDir: '/d' });
    expect(next.sources[0]!.read).to.equal(0);
  });

  it('gives the lock up when opening fails, and when it is closed', async () => {
    const files = await disk();
    const locked = () => files.texts()['/d/state/p/lock'] !== undefined;
    const refused = { records: () => Promise.reject(new Error('no such record')), done: () => {} };
    await openRun(pipeline, { mode: 'durable', retry: refused, io: io(files), dataDir: '/d' }).then(
      () => expect.fail('it opened'),
      (error: Error) => expect(error.message).to.equal('no such record'),
    );
    expect(locked()).to.equal(false);
    const run = await openRun(pipeline, { mode: 'durable', io: io(files), dataDir: '/d' });
    expect(locked()).to.equal(true);
    await run.close();
    expect(locked()).to.equal(false);
  });
});
