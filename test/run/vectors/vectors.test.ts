import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { CaducusError } from '../../../src/errors.ts';
import { Checkpointing } from '../../../src/run/checkpoint/checkpointing.ts';
import { Run } from '../../../src/run/run.ts';
import type { Signal } from '../../../src/signal.ts';
import { temporaryFolders } from '../../embedders/support/folders.ts';
import { meaningServer, type Fault, type MeaningServer } from '../../embedders/support/meaningServer.ts';
import { minutesOf, rowsOf, shown, vectorIo, vectorPipeline, vectorRun, type VectorIo } from '../../support/runs/vectorRun.ts';

/** Three meanings, two of them in other words. */
const early = ['connection refused', 'disk full', 'user signed in', 'connection refused'];
const later = ['socket declined', 'volume exhausted', 'user signed in', 'peer rejected'];

describe('vectors in a run', () => {
  const folderOf = temporaryFolders();
  let server: MeaningServer;
  let embedder: string;
  let io: VectorIo;
  before(async () => {
    server = await meaningServer();
    embedder = `{ http: { url: "${server.url}/v1", model: meaning, dimension: 64, timeout: 10s } }`;
  });
  after(() => server.close());
  beforeEach(async () => {
    server.faults.length = 0;
    server.asked.length = 0;
    io = vectorIo(await folderOf());
  });

  const run = (batches: Signal[][], options: Partial<Parameters<typeof vectorRun>[0]> = {}) =>
    vectorRun({ io, embedder, batches, ...options });

  it('bring together what is said in other words, which the lexical embedder keeps apart', async () => {
    const batches = [minutesOf([early, later])];
    const { blips, report } = await run(batches);
    expect(shown(blips)).to.deep.equal([
      '00 connection refused x2 of 1',
      '00 disk full x1 of 1',
      '00 user signed in x1 of 1',
      '01 user signed in x1 of 1',
      '01 peer rejected x2 of 3',
      '01 volume exhausted x1 of 2',
    ]);
    expect(report.embedders).to.deep.equal([
      {
        name: 'http',
        model: report.embedders![0]!.model,
        operators: ['memory'],
        asked: 6,
        embedded: 6,
        cached: 0,
        fallbacks: 0,
        blank: 0,
        failures: 0,
      },
    ]);
    expect(shown((await run(batches, { embedder: 'lexical' })).blips)).to.have.length(7);
  });

  it('are asked for once a template, those of all groups together', async () => {
    await run([minutesOf([early, later, early], ['a', 'b', 'c'])]);
    expect(server.asked).to.deep.equal([
      ['connection refused', 'disk full', 'user signed in'],
      ['socket declined', 'volume exhausted', 'peer rejected'],
    ]);
  });

  it('do not let the output depend on how the input was cut, nor on the cache', async () => {
    const signals = minutesOf([early, later, ['disk exhausted', 'login refused'], later], ['a', 'b']);
    const whole = await run([signals]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }), fc.boolean(), async (sizes, cached) => {
        const { blips, report } = await run(cut(signals, sizes), cached ? {} : { io: vectorIo(await folderOf()) });
        expect(blips).to.deep.equal(whole.blips);
        expect(report.embedders![0]!.cached > 0).to.equal(cached);
      }),
      { numRuns: 12 },
    );
  });

  const faults: [title: string, faults: Fault[], counters: Record<string, number>][] = [
    ['a 429 that asks for a pause', [{ status: 429, headers: { 'retry-after': '2' } }], { embedded: 6, fallbacks: 0, failures: 1 }],
    ['garbage instead of JSON', [{ text: '<html>502</html>' }], { embedded: 6, fallbacks: 0, failures: 1 }],
    ['a 500 that goes on and on', Array.from({ length: 3 }, () => ({ status: 500 })), { embedded: 0, fallbacks: 6, failures: 3 }],
    [
      'a 429 that asks for more patience than a stream has',
      [{ status: 429, headers: { 'retry-after': '900' } }],
      { embedded: 0, fallbacks: 6, failures: 1 },
    ],
    [
      'vectors of another dimension',
      [{ json: { data: [0, 1, 2].map((index) => ({ index, embedding: [1, 2, 3] })) } }],
      { embedded: 0, fallbacks: 6, failures: 1 },
    ],
    ['a request that hangs', [{ hang: true }], { embedded: 0, fallbacks: 6, failures: 1 }],
  ];
  for (const [title, wrong, counters] of faults) {
    it(`survive ${title}: the stream goes on, the counters tell`, async () => {
      server.faults.push(...wrong);
      const { sleep } = io;
      // The time limit is up as soon as the endpoint has left a request without an answer.
      io.sleep = (ms, signal) =>
        ms === 10_000
          ? new Promise((resolve, reject) => {
              server.onHang = resolve;
              signal?.addEventListener('abort', () => reject(signal.reason as Error));
            })
          : sleep(ms, signal);
      const hangs = wrong.some(({ hang }) => hang);
      const { blips, report } = await run(
        [minutesOf([early, later])],
        hangs ? { embedder: embedder.replace('timeout: 10s', 'timeout: 10s, retries: 0') } : {},
      );
      expect(blips.filter(({ open }) => !open).reduce((sum, { count }) => sum + count, 0)).to.equal(early.length + later.length);
      expect(report.embedders![0]).to.include({ asked: 6, ...counters });
      if (counters['fallbacks']) expect(io.stderr.text).to.include('the lexical embedder stands in');
    });
  }

  it('that were stood in for are made when the endpoint answers again, and every id stays', async () => {
    server.faults.push({ status: 429, headers: { 'retry-after': '600' } });
    const minutes = [early, early, early, later].map((lines, at) => minutesOf([...Array.from({ length: at }, () => []), lines]));
    let taken = 0;
    const { blips, report } = await run(minutes, { progress: () => void ((taken += 1) === 2 && io.advance(600_000)) });
    const ids = (minute: number) =>
      blips.filter(({ open, start }) => !open && start.slice(14, 16) === `0${minute}`).map(({ topic_id: id }) => id);
    expect(ids(0)).to.have.length(3);
    for (const minute of [1, 2, 3]) expect(ids(minute)).to.have.members(ids(0));
    expect(blips.flatMap(({ merged = [] }) => merged)).to.deep.equal([]);
    expect(report.embedders![0]).to.include({ fallbacks: 3, embedded: 6, failures: 1 });
    expect(io.stderr.text).to.include('answers again');
  });

  it('are written down, and handed over in a replay that asks nobody', async () => {
    server.faults.push({}, {}, { status: 429, headers: { 'retry-after': '60' } });
    const state = await folderOf();
    const batches = cut(minutesOf([early, later, early, later], ['a', 'b']), [5]);
    const recording = vectorPipeline({ embedder, batches });
    const checkpoints = new Checkpointing(recording.pipeline, { io, dataDir: state });
    let seen = 0;
    await new Run(recording.pipeline, {
      io,
      dataDir: state,
      checkpoints,
      progress: () => void ((seen += 1) === 6 && io.advance(60_000)),
    }).execute();
    expect(io.stderr.text).to.include('stands in');
    server.asked.length = 0;
    const replayed = await run(batches, { io: vectorIo('/nowhere'), replayVectors: join(state, 'state', 'p', 'vectors') });
    expect(replayed.blips).to.deep.equal(rowsOf(recording.blips()));
    expect(replayed.report.embedders).to.deep.equal([]);
    expect(server.asked).to.deep.equal([]);
  });

  it('come back from the cache after a restart, which changes nothing', async () => {
    const batches = cut(minutesOf([early, later, ['disk exhausted', 'peer refused'], later], ['a', 'b']), [7]);
    const whole = await run(batches);
    for (const stopAt of [1, 2, 3]) {
      const dataDir = await folderOf();
      const all = [];
      for (const last of [stopAt, Number.POSITIVE_INFINITY]) {
        const { pipeline, blips } = vectorPipeline({ embedder, batches });
        const stop = new AbortController();
        let taken = 0;
        const checkpoints = new Checkpointing(pipeline, { io, dataDir });
        await new Run(pipeline, {
          io,
          dataDir,
          checkpoints,
          stop: stop.signal,
          progress: () => void ((taken += 1) >= last && stop.abort()),
        }).execute();
        all.push(...blips());
      }
      expect(rowsOf(all), `stopped after batch ${stopAt}`).to.deep.equal(whole.blips);
    }
    const saved = await folderOf();
    const { pipeline } = vectorPipeline({ embedder, batches });
    const checkpoints = new Checkpointing(pipeline, { io, dataDir: saved });
    await new Run(pipeline, { io, dataDir: saved, checkpoints }).execute();
    expect(await readFile(checkpoints.last!.path, 'utf8'), 'vectors are not in checkpoints').to.not.match(/"vector":\s*\[/);
  });

  it('are those of the groups beyond their bound, too: no line of them is lost', async () => {
    const signals = minutesOf([early, later, ['disk exhausted', 'login refused'], later], ['a', 'b', 'c', 'd', 'e']);
    const few = await run([signals], { more: ', max_groups: 2' });
    expect(few.report.operators[0]).to.include({ folded_keys: 3, evicted: 0 });
    const first = few.blips.filter(({ open, start }) => !open && start.slice(14, 16) === '00');
    expect(first.reduce((sum, { total }) => sum + total, 0)).to.equal(5 * early.length);
  });

  it('keep no stopped run waiting', async () => {
    server.faults.push({ hang: true });
    const stop = new AbortController();
    server.onHang = () => stop.abort();
    const { blips, report } = await run([minutesOf([early, later])], { stop: stop.signal });
    expect(report.reason).to.equal('stopped');
    expect(blips.length).to.be.greaterThan(0);
  });

  it('are refused before the stream starts when there is no model', async () => {
    const { pipeline } = vectorPipeline({ embedder: 'universal-sentence-encoder', batches: [minutesOf([early])] });
    let pulled = 0;
    const failure = await new Run(pipeline, { io, dataDir: '/nowhere', progress: () => void (pulled += 1) })
      .execute()
      .catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(CaducusError).with.property('code', 'CAD080');
    expect((failure as CaducusError).hint).to.include('caducus model fetch');
    expect(pulled).to.equal(0);
  });
});

/** Signals in batches of these sizes, over and over. */
function cut(signals: readonly Signal[], sizes: readonly number[]): Signal[][] {
  const batches: Signal[][] = [];
  for (let at = 0; at < signals.length;) {
    const size = sizes[batches.length % sizes.length]!;
    batches.push(signals.slice(at, at + size));
    at += size;
  }
  return batches;
}
