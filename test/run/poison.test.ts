import { expect } from 'chai';
import { z } from 'zod';
import { defineOperator, keyedChanges, keyedOptions, type Flow, type Machine } from '../../src/kernel/defineOperator.ts';
import type { CaducusError } from '../../src/errors.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { extend } from '../../src/pipeline/registry.ts';
import type { EventSignal } from '../../src/signal.ts';
import { durablePipeline, durableRun, eventLines } from '../support/durableRun.ts';
import { memoryFiles, type MemoryFiles } from '../support/memoryFiles.ts';
import { testIo } from '../support/testIo.ts';

/** Counts events by key, and throws half-way through its work at those whose text says so. */
const fragile = defineOperator({
  name: 'fragile',
  options: z.strictObject({ ...keyedOptions }),
  changes: keyedChanges,
  keyed: true,
  accepts: ['event'],
  machine: (): Machine<{ seen: number }, EventSignal, Flow & { seen: number }> => ({
    start: () => ({ seen: 0 }),
    step(state, { event, time, key }, emit) {
      state.seen += 1;
      emit({ kind: 'count', time, key, seen: state.seen });
      if (event.text.includes('user u1 ')) throw new RangeError('cannot take u1');
    },
  }),
});

const text = durablePipeline({ every: 25 })
  .replace('  - memory:', '  - fragile: { max_groups: 3 }\n  - memory:')
  .replace('select: [event, blip, radar]', 'select: [event, rejected]');

async function disk(input: string): Promise<MemoryFiles> {
  const files = memoryFiles({ largest: 2000 });
  await (await files.open('/in.ndjson', 'w')).write(Buffer.from(input));
  return files;
}

const play = (files: MemoryFiles) => durableRun({ io: { ...testIo(), files }, text, registry: extend(builtins, { operators: [fragile] }) });
const failing = (files: MemoryFiles) =>
  play(files).then(
    () => null,
    (error: CaducusError) => error,
  );
const idsIn = (files: MemoryFiles) => {
  const { '/d/out/radar.ndjson': out = '' } = files.texts();
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { id?: string; kind?: string; reason?: string; original?: string });
};

describe('a record that makes an operator throw', () => {
  const input = eventLines(200);
  const poison = input
    .split('\n')
    .filter((line) => line.includes('user u1 '))
    .map((line) => (JSON.parse(line) as { id: string }).id);

  it('fails the run the first time, and says what will happen the next', async () => {
    const files = await disk(input);
    const error = await failing(files);
    expect(error?.exit).to.equal(70);
    expect(error?.message).to.contain('operator fragile failed: cannot take u1');
    expect(error?.hint).to.contain('set aside');
  });

  it('is set aside when it throws again after the restart, and the run goes on to the next', async () => {
    expect(poison.length).to.be.greaterThan(2);
    const files = await disk(input);
    let runs = 0;
    while ((await failing(files)) !== null) {
      runs += 1;
      expect(runs).to.be.at.most(poison.length);
    }
    // Each of them fails one run; the last run sets all of them aside and comes to its end.
    expect(runs).to.equal(poison.length);
    const records = idsIn(files);
    const rejected = records.filter(({ kind }) => kind === 'rejected');
    expect(rejected.map(({ original }) => (JSON.parse(original!) as { id: string }).id)).to.deep.equal(poison);
    expect(rejected[0]!.reason).to.equal('operator fragile failed twice at this record: cannot take u1');
    const events = records.flatMap(({ id, kind }) => (kind === undefined && id !== undefined ? [id] : []));
    expect(new Set(events).size).to.equal(events.length);
    expect(events).to.have.length(200 - poison.length);
  });

  it('leaves the state as if it had never come, its half-done work included', async () => {
    const files = await disk(input);
    while ((await failing(files)) !== null);
    const without = await disk(
      input
        .split('\n')
        .filter((line) => !line.includes('user u1 '))
        .join('\n'),
    );
    expect(await failing(without)).to.equal(null);
    const events = (of: MemoryFiles) => idsIn(of).filter(({ kind }) => kind === undefined);
    expect(events(files)).to.deep.equal(events(without));
  });

  it('is counted as rejected', async () => {
    const files = await disk(input);
    let report;
    do report = await play(files).catch(() => null);
    while (report === null);
    expect(report.sources[0]!.rejected).to.be.at.least(1);
    expect(report.rejected[0]!.reason).to.contain('failed twice');
  });

  it('that does not throw any more is taken', async () => {
    const files = await disk(input);
    await failing(files);
    const mended = defineOperator({
      ...fragile.spec,
      machine: () => ({ start: () => ({ seen: 0 }), step: (state: { seen: number }) => void (state.seen += 1) }),
    });
    const report = await durableRun({ io: { ...testIo(), files }, text, registry: extend(builtins, { operators: [mended] }) });
    expect(report.sources[0]!.rejected).to.equal(0);
  });
});
