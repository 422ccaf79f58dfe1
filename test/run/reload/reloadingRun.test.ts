import { expect } from 'chai';
import { builtins } from '../../../src/pipeline/builtins.ts';
import type { Pipeline } from '../../../src/pipeline/definition.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { extend } from '../../../src/pipeline/registry.ts';
import { openReloadingRun } from '../../../src/run/reload/reloadingRun.ts';
import { runToEnd } from '../../../src/run/openRun.ts';
import { imbalances } from '../../../src/run/report.ts';
import { toSignals } from '../../support/live/eventsFrom.ts';
import { difference, eventLines, outputsOf } from '../../support/durableRun.ts';
import { memoryFiles } from '../../support/memoryFiles.ts';
import { pushSource, type PushSource } from '../../support/pushSource.ts';
import { testIo } from '../../support/testIo.ts';

const events = toSignals(eventLines(240, { inOrder: true }));

const text = ({ top = 5, window = '1m', key = 'group_id', name = 'p', rules = '', more = '' } = {}) => `name: ${name}
sources: { in: { push: {} }${more} }
operators:
  - group_by: { key: ${key} }
  - memory: { window: ${window} }
  - rank: { top: ${top} }
${rules}
sinks: { out: { ndjson: { path: /d/out.ndjson, select: [event, blip, radar, finding] } } }`;

/** A disk, a source that gives what is pushed, and the pipelines that read it. */
function stage({ replayable = true } = {}) {
  const push = pushSource({ replayable });
  const files = memoryFiles();
  const io = { ...testIo({ auto: true }), files };
  const registry = extend(builtins, { sources: [push.source] });
  const load = (some: Parameters<typeof text>[0] = {}): Pipeline =>
    loadPipeline('p.yaml', text(some), { registry, variables: { env: {}, config: () => undefined } });
  return { push, files, io, load };
}

const passed = async (push: PushSource, batches: number) => {
  while (push.pulled < batches) await new Promise((resolve) => setImmediate(resolve));
};

/** A run that gets so many events, takes another file, and gets the rest. */
async function reloaded(first: number, change: Parameters<typeof text>[0], options = {}) {
  const { push, files, io, load } = stage(options);
  const stop = new AbortController();
  const run = await openReloadingRun(load(), { mode: 'durable', io, dataDir: '/d', stop: stop.signal });
  const over = run.execute();
  push.push(events.slice(0, first));
  await passed(push, 1);
  const notes = await run.reload(load(change));
  push.push(events.slice(first));
  await passed(push, 2);
  stop.abort();
  const report = await over;
  await run.close();
  return { notes, report, left: outputsOf(files.texts()) };
}

/** The same events in a run that is stopped, and one with the other file behind it. */
async function restarted(first: number, change: Parameters<typeof text>[0], options = {}) {
  const { push, files, io, load } = stage(options);
  let batches = 0;
  for (const [pipeline, part] of [
    [load(), events.slice(0, first)],
    [load(change), events.slice(first)],
  ] as const) {
    const stop = new AbortController();
    const over = runToEnd(pipeline, { mode: 'durable', io, dataDir: '/d', stop: stop.signal });
    push.push(part);
    await passed(push, (batches += 1));
    stop.abort();
    await over;
  }
  return outputsOf(files.texts());
}

/** A run that goes on until it is stopped, and what it makes of attempts to change it. */
async function running(
  use: (run: Awaited<ReturnType<typeof openReloadingRun>>, at: ReturnType<typeof stage>) => Promise<void>,
  options = {},
) {
  const at = stage();
  const stop = new AbortController();
  const run = await openReloadingRun(at.load(), { mode: 'durable', io: at.io, dataDir: '/d', stop: stop.signal, ...options });
  const over = run.execute();
  at.push.push(events.slice(0, 50));
  await passed(at.push, 1);
  await use(run, at);
  const before = at.push.pulled;
  at.push.push(events.slice(50, 100));
  await passed(at.push, before + 1);
  stop.abort();
  const report = await over;
  expect(imbalances(report)).to.deep.equal([]);
  await run.close();
  return at.files.texts();
}

const refusalOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => expect.fail('taken'),
    (error: Error) => error.message,
  );

describe('a run that takes another file', () => {
  const changes: Record<string, Parameters<typeof text>[0]> = {
    'shows fewer': { top: 2 },
    'has a new rule': { rules: '  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]' },
    'has longer windows': { window: '2m' },
    'is the same': {},
  };
  for (const [what, change] of Object.entries(changes))
    for (const replayable of [true, false])
      it(`leaves the bytes of one that was started with it at that checkpoint, where the file ${what}${replayable ? '' : ', read once'}`, async () => {
        for (const first of [1, 77, 160]) {
          const one = await reloaded(first, change, { replayable });
          expect(difference(one.left, await restarted(first, change, { replayable })), `after ${first}`).to.equal(null);
          const lines = one.left['/d/out.ndjson']!.split('\n').filter(
            (line) => line.includes('"kind":"event"') || line.includes('"event":'),
          );
          expect(lines.length === 0 || lines.length === events.length).to.equal(true);
        }
      });

  it('says what becomes of what it knew', async () => {
    expect((await reloaded(77, { window: '2m' })).notes.join('\n'))
      .to.contain('memory')
      .and.to.contain('window');
    expect((await reloaded(77, { top: 2 })).notes).to.deep.equal([]);
  });

  it('refuses a file that does not fit, and goes on as it was', async () => {
    const texts = await running(async (run, { load }) => {
      expect(await refusalOf(run.reload(load({ key: 'source' }))))
        .to.contain('group_by')
        .and.to.contain('key');
      expect(await refusalOf(run.reload(load({ name: 'q' })))).to.contain('it is named q, and p runs');
    });
    const { push, files, io, load } = stage();
    const stop = new AbortController();
    const over = runToEnd(load(), { mode: 'durable', io, dataDir: '/d', stop: stop.signal });
    push.push(events.slice(0, 50));
    push.push(events.slice(50, 100));
    await passed(push, 2);
    stop.abort();
    await over;
    expect(difference(outputsOf(texts), outputsOf(files.texts()))).to.equal(null);
  });

  it('goes on as it was when the other cannot begin', async () => {
    await running(async (run, { load }) => {
      const broken = load({ more: ', other: { file: { path: /nowhere.log } }' });
      expect(await refusalOf(run.reload(broken))).to.contain('/nowhere.log');
    });
  });

  it('takes one file after the other, and one at a time', async () => {
    await running(async (run, { load }) => {
      const first = run.reload(load({ top: 2 }));
      while (run.figures() !== null && (await Promise.race([first.then(() => true), Promise.resolve(false)]))) break;
      await first;
      await run.reload(load({ top: 3 }));
      expect(run.pipeline.operators.find(({ id }) => id === 'rank')?.options).to.include({ top: 3 });
    });
  });

  it('cannot while what comes is recorded, or when it is over', async () => {
    const { push, io, load } = stage();
    const stop = new AbortController();
    const run = await openReloadingRun(load(), { mode: 'durable', io, dataDir: '/d', stop: stop.signal });
    const over = run.execute();
    push.push(events.slice(0, 10));
    await passed(push, 1);
    stop.abort();
    await over;
    expect(await refusalOf(run.reload(load()))).to.contain('the run is ending');
    await run.close();
  });

  it('goes on showing what goes by to who looks into it', async () => {
    let seen = 0;
    await running(async (run, { load }) => {
      run.watch(['in'], { next: () => void (seen += 1), complete: () => undefined });
      await run.reload(load({ top: 2 }));
    });
    expect(seen).to.equal(50);
  });
});
