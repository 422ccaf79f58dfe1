import { join } from 'node:path';
import { expect } from 'chai';
import { nodeFiles } from '../../../src/io.ts';
import { ArrivalJournal } from '../../../src/run/intake/arrivalJournal.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { difference, standings } from '../../../src/run/replay/difference.ts';
import { readRecording, Recorder, snapshotBefore } from '../../../src/run/replay/recording.ts';
import { Run } from '../../../src/run/run.ts';
import type { Radar, Signal } from '../../../src/signal.ts';
import { eventAt, fakeRegistry, type Feeds } from '../../support/fakes.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';
import { partly } from '../../support/typed.ts';

const about = { pipeline: 'p', file: 'p.yaml', text: 'name: p', variables: {} };

const yaml = (ids: readonly string[], live: boolean) => `name: p
sources:
${ids.map((id) => `  ${id}: { fake: { live: ${live}, idle: 2s } }`).join('\n')}
operators:
  - tally: { every: 10ms }
sinks: {}
`;

const events = (id: string, times: readonly number[]) => times.map((t) => eventAt(t, `${id}${t}`, id));
const feeds: Feeds = {
  a: [events('a', [1, 5, 12]), events('a', [14, 31, 55])],
  b: [events('b', [2, 3]), events('b', [28, 29, 41])],
  c: [events('c', [9]), events('c', [33]), events('c', [60])],
};

function buildPipeline(live: boolean) {
  const { registry } = fakeRegistry(feeds);
  return loadPipeline('p.yaml', yaml(Object.keys(feeds), live), { registry, variables: { env: {}, config: () => undefined } });
}

/** Runs while it is recorded; resolves to what came out. */
async function recorded(folder: string, live: boolean, every = 50_000): Promise<Signal[]> {
  const out: Signal[] = [];
  const record = await Recorder.create(nodeFiles, folder, about, { every });
  await new Run(buildPipeline(live), { io: testIo(), dataDir: '', record, observe: (signal) => void out.push(signal) }).execute();
  return out;
}

async function replayed(folder: string, live: boolean, from: number | null = null, until: number | null = null): Promise<Signal[]> {
  const out: Signal[] = [];
  const { journal, snapshot } = await snapshotBefore(nodeFiles, folder, from);
  const { closed } = await readRecording(nodeFiles, folder);
  const replay = { journal: await ArrivalJournal.open(nodeFiles, join(folder, 'arrivals'), journal), snapshot, until, closes: closed };
  await new Run(buildPipeline(live), { io: testIo(), dataDir: '', replay, observe: (signal) => void out.push(signal) }).execute();
  return out;
}

describe('a recording', () => {
  const folder = temporaryFolder();

  for (const live of [false, true]) {
    it(`of three ${live ? 'live' : 'finite'} sources gives the same signals again, byte for byte`, async () => {
      const path = folder.file(`same-${live}`);
      const before = await recorded(path, live);
      expect(before.length).to.be.greaterThan(14);
      expect(JSON.stringify(await replayed(path, live))).to.equal(JSON.stringify(before));
    });
  }

  it('holds the silence of a live source: a window that the clock closed is closed again', async () => {
    const path = folder.file('silence');
    const pipeline = buildPipeline(true);
    const [first] = pipeline.sources;
    let release = () => {};
    const waiting = new Promise<void>((resolve) => (release = resolve));
    const open = () => ({
      batches: (async function* () {
        yield { records: [eventAt(1)], position: 1 };
        await waiting;
      })(),
      close: async () => {},
    });
    const quiet = { ...pipeline, sources: [{ ...first!, source: { ...first!.source, spec: { ...first!.source.spec, open } } }] };
    const before: string[] = [];
    const io = testIo();
    const see = (list: string[]) => (signal: Signal) => void list.push(`${signal.kind}@${signal.time}`);
    const run = new Run(quiet, { io, dataDir: '', record: await Recorder.create(nodeFiles, path, about), observe: see(before) }).execute();
    for (let i = 0; i < 200 && !before.includes('tally@10'); i += 1) await io.pass(1000);
    release();
    await run;
    expect(before).to.deep.equal(['event@1', 'tally@10']);
    const after: string[] = [];
    const { journal, snapshot } = await snapshotBefore(nodeFiles, path, null);
    const replay = { journal: await ArrivalJournal.open(nodeFiles, join(path, 'arrivals'), journal), snapshot, until: null, closes: true };
    await new Run(quiet, { io: testIo(), dataDir: '', replay, observe: see(after) }).execute();
    expect(after).to.deep.equal(before);
  });

  it('goes on from a snapshot in its middle as the whole would', async () => {
    const path = folder.file('middle');
    const before = await recorded(path, false, 4);
    const rest = await replayed(path, false, 30);
    expect(rest.length).to.be.within(1, before.length - 1);
    expect(JSON.stringify(before.slice(-rest.length))).to.equal(JSON.stringify(rest));
  });

  it('ends at the time it is asked to', async () => {
    const path = folder.file('until');
    await recorded(path, false);
    const times = (await replayed(path, false, null, 29)).filter((s) => s.kind === 'event').map((s) => s.time);
    expect(Math.max(...times)).to.equal(29);
  });

  it('is not written over', async () => {
    const path = folder.file('twice');
    await recorded(path, false);
    const again = await recorded(path, false).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(again).to.contain('holds a recording already');
  });

  it('says so where there is none', async () => {
    expect(
      await readRecording(nodeFiles, folder.file('nowhere')).then(
        () => '',
        (e: Error) => e.message,
      ),
    ).to.contain('holds no recording');
  });
});

describe('the difference of two runs', () => {
  const radar = (start: string, blips: [label: string, score: number][]) =>
    partly<Radar>({ open: false, start, blips: blips.map(([label, score]) => ({ group_id: 'g', label, score })) });

  it('tells what is new, gone and moved, each by its best window', () => {
    const before = standings([
      radar('1', [
        ['a', 90],
        ['b', 10],
      ]),
      radar('2', [
        ['a', 20],
        ['c', 40],
      ]),
    ]);
    const after = standings([
      radar('1', [
        ['a', 88],
        ['c', 70],
        ['d', 5],
      ]),
    ]);
    const { fresh, gone, moved, same } = difference(before, after);
    expect(fresh.map((s) => s.label)).to.deep.equal(['d']);
    expect(gone.map((s) => s.label)).to.deep.equal(['b']);
    expect(moved.map((m) => [m.before.label, m.before.score, m.after.score])).to.deep.equal([['c', 40, 70]]);
    expect(same).to.equal(1);
  });

  it('looks at closed windows only', () => {
    expect(standings([{ ...radar('1', [['a', 90]]), open: true }])).to.deep.equal([]);
  });
});
