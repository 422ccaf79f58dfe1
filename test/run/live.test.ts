import { expect } from 'chai';
import { builtins } from '../../src/pipeline/builtins.ts';
import { extend } from '../../src/pipeline/registry.ts';
import type { Signal } from '../../src/signal.ts';
import { difference, durableRun, outputsOf } from '../support/durableRun.ts';
import { eventAt } from '../support/fakes.ts';
import { memoryFiles, type MemoryFiles } from '../support/memoryFiles.ts';
import { pushSource, type PushSource } from '../support/pushSource.ts';
import { seeded } from '../../bench/support/seeded.ts';
import { testIo, type TestIo } from '../support/testIo.ts';

const text = ({ events = 1000, journal = true } = {}) => `name: p
checkpoint: { events: ${events}, every: 1h, journal: ${journal} }
sources: { in: { push: { idle: 5s, max_future_skew: 1d } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m, early: 10s }
  - rank: { top: 5 }
sinks:
  out: { ndjson: { path: /d/out/radar.ndjson, select: [event, blip, radar] } }
  store: { segments: {} }
`;

const base = Date.UTC(2026, 2, 14);
/** Thirty batches of some events, four seconds apart in event time, with a silence after the thirteenth. */
const batches: Signal[][] = Array.from({ length: 30 }, (_, i) =>
  Array.from({ length: 5 }, (_, j) =>
    eventAt(base + i * 4000 + (i > 12 ? 100_000 : 0) + j * 100, `request r${i * 5 + j} took ${i} ms`, `app:${j % 2}`),
  ),
);

function start(files: MemoryFiles, source: PushSource, options: { text?: string; io?: TestIo } = {}) {
  const io = Object.assign(options.io ?? testIo(), { files });
  const done = durableRun({ io, text: options.text ?? text(), registry: extend(builtins, { sources: [source.source] }) });
  return { io, done };
}

/** Pushes batches as a live source gives them: each a second of the clock after the one before, minutes in the silence. */
async function give(source: PushSource, io: TestIo, from: number, to: number): Promise<void> {
  for (let i = from; i < to; i += 1) {
    source.push(batches[i]!);
    await io.pass(i === 12 ? 90_500 : 500);
  }
}

async function played(source: PushSource, files = memoryFiles(), options: { text?: string } = {}): Promise<MemoryFiles> {
  const { io, done } = start(files, source, options);
  await io.pass(0);
  await give(source, io, 0, batches.length);
  source.end();
  await io.pass(1000);
  await done;
  return files;
}

describe('a live run', () => {
  it('moves event time by its clock when nothing comes, and windows close', async () => {
    const files = await played(pushSource());
    const { '/d/out/radar.ndjson': out = '' } = files.texts();
    const windows = out.split('\n').filter((line) => line.includes('"kind":"radar"') && line.includes('"open":false'));
    expect(windows.length).to.be.greaterThan(2);
  });

  it('worked through again from its journal gives the same bytes', async () => {
    const files = await played(pushSource());
    const again = memoryFiles();
    for (const [path, content] of Object.entries(files.texts())) {
      if (!path.startsWith('/d/state/p/arrivals/')) continue;
      await again.makeFolder('/d/state/p/arrivals');
      await (await again.open(path, 'w')).write(Buffer.from(content));
    }
    const silent = pushSource();
    silent.end();
    const { io, done } = start(again, silent);
    await io.pass(1000);
    await done;
    expect(difference(outputsOf(again.texts()), outputsOf(files.texts()))).to.equal(null);
  });

  it('that is killed again and again while it works through its journal comes to its end', async () => {
    const whole = outputsOf((await played(pushSource())).texts());
    const source = pushSource();
    const { io, done } = start(memoryFiles(), source);
    await io.pass(0);
    await give(source, io, 0, batches.length);
    let disk = (io.files as MemoryFiles).copy();
    source.end();
    await io.pass(1000);
    await done;
    // Each start lives for twelve arrivals; a checkpoint is due every ten records, or moves of the clock.
    const positions: number[] = [];
    for (let lives = 0; lives < 20; lives += 1) {
      const next = disk.copy();
      let seen = 0;
      const silent = pushSource();
      silent.end();
      const again = Object.assign(testIo(), { files: next });
      const ended = await Promise.all([
        again.pass(1000),
        durableRun({
          ...{ io: again, text: text({ events: 10 }), registry: extend(builtins, { sources: [silent.source] }) },
          progress: () => {
            if ((seen += 1) === 12) throw new Error('killed');
          },
        }).then(
          () => true,
          (error: Error) => {
            if (error.message !== 'killed') throw error;
            return false;
          },
        ),
      ]);
      disk = next;
      positions.push(seen);
      if (ended[1]) break;
    }
    expect(positions.length).to.be.within(4, 19);
    expect(difference(outputsOf(disk.texts()), whole)).to.equal(null);
  });

  for (const [how, crash] of [
    ['killed', () => {}],
    ['cut off from power', (files: MemoryFiles) => files.cutPower(seeded(7))],
  ] as const) {
    it(`that reads what cannot be read again loses nothing when it is ${how}`, async () => {
      const whole = outputsOf((await played(pushSource())).texts());
      for (const events of [7, 1000]) {
        for (const cut of [1, 12, 13, 29]) {
          const source = pushSource();
          const { io, done } = start(memoryFiles(), source, { text: text({ events }) });
          await io.pass(0);
          await give(source, io, 0, cut);
          const disk = (io.files as MemoryFiles).copy();
          crash(disk);
          source.end();
          await io.pass(1000);
          await done;
          const rest = pushSource();
          const after = start(disk, rest, { text: text({ events }) });
          await after.io.pass(0);
          await give(rest, after.io, cut, batches.length);
          rest.end();
          await after.io.pass(1000);
          await after.done;
          expect(difference(outputsOf(disk.texts()), whole), `cut after ${cut}, a checkpoint every ${events}`).to.equal(null);
        }
      }
    });
  }

  it('does not take its own pause for the silence of its sources', async () => {
    const source = pushSource();
    const io = testIo();
    let jump = 0;
    const { monotonic } = io;
    io.monotonic = () => monotonic() + jump;
    const { done } = start(memoryFiles(), source, { io });
    await io.pass(0);
    source.push([eventAt(base, 'one')]);
    await io.pass(100);
    // Stopped for an hour: the first thing it does then is to look at the clock.
    jump = 3_600_000;
    await io.pass(1000);
    source.push([eventAt(base + 1000, 'two')]);
    await io.pass(100);
    source.end();
    await io.pass(1000);
    const report = await done;
    expect(report.late).to.equal(0);
  });

  /** A run whose wall clock is off by so much at each second batch. */
  async function playedWithJumps(jump: number) {
    const whole = outputsOf((await played(pushSource())).texts());
    const source = pushSource();
    const io = testIo();
    const { now } = io;
    let shift = 0;
    io.now = () => now() + shift;
    const { done } = start(memoryFiles(), source, { io });
    await io.pass(0);
    for (let i = 0; i < batches.length; i += 1) {
      shift = i % 2 === 0 ? jump : 0;
      await give(source, io, i, i + 1);
    }
    source.end();
    await io.pass(1000);
    const report = await done;
    return { report, difference: difference(outputsOf((io.files as MemoryFiles).texts()), whole) };
  }

  it('is not moved by a wall clock that jumps ahead', async () => {
    expect((await playedWithJumps(30 * 86_400_000)).difference).to.equal(null);
  });

  it('believes its sources when most of their stamps lie ahead of a wall clock that was set back', async () => {
    const { report } = await playedWithJumps(-30 * 86_400_000);
    expect(report.sources[0]).to.include({ read: 150, accepted: 150, rejected: 0, strays: 5 });
  });

  it('without its journal keeps what a source that can be read again needs, and commits it', async () => {
    const source = pushSource({ replayable: true });
    await played(source, memoryFiles(), { text: text({ events: 20, journal: false }) });
    expect(source.committed.at(-1)).to.equal(150);
  });
});
