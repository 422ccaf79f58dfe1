import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import type { CaducusError } from '../../../src/errors.ts';
import { defineOperator, foldedChanges, foldedOptions, type Machine } from '../../../src/kernel/defineOperator.ts';
import { builtins } from '../../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { planCut, type Cut } from '../../../src/pipeline/plan.ts';
import { extend, type Registry } from '../../../src/pipeline/registry.ts';
import { nodeFiles } from '../../../src/io.ts';
import { ArrivalJournal } from '../../../src/run/intake/arrivalJournal.ts';
import { runToEnd } from '../../../src/run/openRun.ts';
import { readRecording, Recorder, snapshotBefore } from '../../../src/run/replay/recording.ts';
import { Run } from '../../../src/run/run.ts';
import { openPartitions, type Workers } from '../../../src/run/partition/openPartitions.ts';
import type { Partitions } from '../../../src/run/runOptions.ts';
import type { EventSignal, Signal } from '../../../src/signal.ts';
import { difference, durablePipeline, durableRun, eventLines, outputsOf, type DurableRun } from '../../support/durableRun.ts';
import { localPartition } from '../../support/runs/localPartition.ts';
import { memoryFiles, type MemoryFiles } from '../../support/memoryFiles.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';

const read = (text: string, registry: Registry = builtins) =>
  loadPipeline('p.yaml', text, { registry, variables: { env: {}, config: () => undefined } });

/** Partitions in this thread; `refused` hears why a run does without. */
function inThisThread(
  count: number,
  text: string,
  { registry = builtins, refused = () => {} }: { registry?: Registry; refused?: (why: string) => void } = {},
): Partitions {
  const pipeline = read(text, registry);
  const cut = planCut(pipeline) as Cut;
  const node = pipeline.operators.find(({ id }) => id === cut.partition)!;
  return { cut, count, isLookedAt: true, open: () => Array.from({ length: count }, () => localPartition(node)), refused };
}

async function disk(input: string): Promise<MemoryFiles> {
  const files = memoryFiles({ largest: 2000 });
  await (await files.open('/in.ndjson', 'w')).write(Buffer.from(input));
  return files;
}

/** Runs over a disk; resolves to what it wrote. */
async function wrote(files: MemoryFiles, options: Omit<DurableRun, 'io'> = {}): Promise<Record<string, string>> {
  await durableRun({ io: { ...testIo(), files }, ...options });
  return outputsOf(files.texts());
}

const text = durablePipeline({ every: 90 });
const input = eventLines(3000, { groups: 23 });

describe('a run with workers', () => {
  let whole: Record<string, string>;
  before(async () => {
    whole = await wrote(await disk(input), { text });
  });

  for (const count of [1, 2, 4, 64])
    it(`writes with ${count} the bytes of a run without`, async () => {
      expect(difference(await wrote(await disk(input), { text, partitions: inThisThread(count, text) }), whole)).to.equal(null);
    });

  it('reports what a run without reports', async () => {
    const of = async (partitions?: Partitions) =>
      durableRun({ io: { ...testIo(), files: await disk(input) }, text, partitions }).then(
        ({ longestPause: _, took: __, ...report }) => report,
      );
    expect(await of(inThisThread(3, text))).to.deep.equal(await of());
  });

  it('goes on from a checkpoint of a run with another number of them, or none', async () => {
    const files = await disk(input);
    const counts = [2, 0, 5, 1];
    let ends = 0;
    for (const count of counts) {
      const stop = new AbortController();
      let seen = 0;
      const observe = () => void ((seen += 1) === 700 && stop.abort());
      const partitions = count === 0 ? undefined : inThisThread(count, text);
      const { reason } = await durableRun({ io: { ...testIo(), files }, text, partitions, observe, stop: stop.signal });
      ends += reason === 'stopped' ? 1 : 0;
    }
    expect(ends).to.be.at.least(3);
    await durableRun({ io: { ...testIo(), files }, text, partitions: inThisThread(3, text) });
    expect(difference(outputsOf(files.texts()), whole)).to.equal(null);
  });

  describe('whose operator throws', () => {
    /** Throws at one text, in the place of memory. */
    const fragile = defineOperator({
      name: 'fragile',
      options: z.strictObject({ ...foldedOptions('1MiB') }),
      changes: foldedChanges,
      keyed: true,
      onEvict: 'fold',
      accepts: ['event'],
      machine: (): Machine<{ seen: number }, EventSignal> => ({
        start: () => ({ seen: 0 }),
        step(state, { event }) {
          state.seen += 1;
          if (event.id === 'e0001500') throw new RangeError('cannot take e0001500');
        },
      }),
    });
    const registry = extend(builtins, { operators: [fragile] });
    const poisoned = text
      .replace(/ {2}- memory:.*\n/, '  - fragile: {}\n')
      .replace('select: [event, blip, radar]', 'select: [event, rejected]');
    const failed = (files: MemoryFiles, partitions?: Partitions) =>
      durableRun({ io: { ...testIo(), files }, text: poisoned, registry, partitions }).then(
        () => null,
        (error: CaducusError) => error,
      );

    it('fails with its error, at the same record, and tries that by itself in one thread the next time', async () => {
      const [alone, shared] = [await disk(input), await disk(input)];
      const said: string[] = [];
      const partitions = () => inThisThread(3, poisoned, { registry, refused: (why) => said.push(why) });
      const errors = [await failed(alone), await failed(shared, partitions())];
      expect(errors.map((error) => error?.message)).to.deep.equal([errors[0]!.message, errors[0]!.message]);
      expect(errors[1]!.message).to.contain('cannot take e0001500');
      const [one, other] = [alone, shared].map((files) => files.texts()['/d/state/p/failures.json']);
      expect(other).to.equal(one);
      expect(said).to.deep.equal([]);
      expect([await failed(alone), await failed(shared, partitions())]).to.deep.equal([null, null]);
      expect(said).to.deep.equal(['record 1501 of in, at which an operator failed, is tried by itself']);
      expect(difference(outputsOf(shared.texts()), outputsOf(alone.texts()))).to.equal(null);
    });
  });

  describe('in threads', () => {
    it('writes the bytes of a run without, from the sources', async () => {
      const io = { ...testIo(), files: await disk(eventLines(400)) };
      const real = testIo();
      const partitions = await openPartitions(read(text), { count: 2, refused: () => {} }, { io: real, isLookedAt: false });
      await durableRun({ io, text, partitions });
      expect(difference(outputsOf(io.files.texts()), await wrote(await disk(eventLines(400)), { text }))).to.equal(null);
    });
  });
});

describe('workers', () => {
  const folder = temporaryFolder();

  it('give in a dry run, in threads, what a run without gives', async () => {
    const seen = async (workers?: Workers) => {
      const signals: unknown[] = [];
      const io = { ...testIo(), files: await disk(eventLines(300)) };
      await runToEnd(read(text), { mode: 'dry', io, dataDir: '/d', observe: (signal) => void signals.push(signal), workers });
      return signals;
    };
    const alone = await seen();
    expect(alone.length).to.be.greaterThan(300);
    expect(await seen({ count: 2, refused: (why) => expect.fail(why) })).to.deep.equal(alone);
  });

  it('give a recording that is replayed, from any snapshot, as one of a run without', async () => {
    const signals: Signal[] = [];
    const record = await Recorder.create(
      nodeFiles,
      folder.file('recording'),
      { pipeline: 'p', file: 'p.yaml', text, variables: {} },
      { every: 500 },
    );
    const options = { io: { ...testIo(), files: await disk(input) }, text };
    await durableRun({ ...options, partitions: inThisThread(3, text), record, observe: (signal) => void signals.push(signal) });
    for (const [from, count] of [
      [null, 0],
      [null, 2],
      [Date.UTC(2026, 2, 13, 1), 2],
    ] as const) {
      const { journal, snapshot } = await snapshotBefore(nodeFiles, folder.file('recording'), from);
      const { closed } = await readRecording(nodeFiles, folder.file('recording'));
      const arrivals = await ArrivalJournal.open(nodeFiles, join(folder.file('recording'), 'arrivals'), journal);
      const again: Signal[] = [];
      const partitions = count === 0 ? undefined : inThisThread(count, text);
      const pipeline = { ...read(text), sinks: [] };
      const replay = { journal: arrivals, snapshot, until: null, closes: closed };
      await new Run(pipeline, { io: testIo(), dataDir: '', replay, partitions, observe: (signal) => void again.push(signal) }).execute();
      expect(snapshot === null, 'a snapshot is gone on from where one is asked for').to.equal(from === null);
      expect(again).to.deep.equal(signals.slice(-again.length));
      if (from === null) expect(again).to.have.length(signals.length);
    }
  });
});
