import { expect } from 'chai';
import { z } from 'zod';
import { foldedChanges, foldedOptions, defineOperator, type Machine } from '../../src/kernel/defineOperator.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { extend } from '../../src/pipeline/registry.ts';
import type { EventSignal, Signal } from '../../src/signal.ts';
import { difference, eventLines } from '../support/durableRun.ts';
import { Killing } from '../support/engine/killing.ts';
import { Machine as Process, readText } from '../support/engine/machines.ts';
import { MemoryEngine } from '../support/engine/memoryTransport.ts';
import { disk, writeAlone, written } from '../support/engine/onDisk.ts';

/** Goes on with events, and throws at those whose text says so; stateless, so that it can stand in front. */
const gate = defineOperator({
  name: 'gate',
  options: z.strictObject({ bad: z.string() }),
  changes: { bad: 'shape' },
  stateless: true,
  accepts: ['event'],
  machine: ({ bad }): Machine<object, EventSignal> => ({
    start: () => ({}),
    step(_state, { event }) {
      if (event.text.includes(bad)) throw new RangeError(`the gate cannot take ${bad}`);
    },
  }),
});

const second = defineOperator({ ...gate.spec, name: 'second' });

interface Seen {
  seen: number;
  due: number | null;
}

/** Counts events by key, says how many each minute, and throws half-way through its work at those whose text says so. */
const fragile = defineOperator({
  name: 'fragile',
  options: z.strictObject({ ...foldedOptions, bad: z.string() }),
  changes: { ...foldedChanges, bad: 'shape' },
  keyed: true,
  onEvict: 'fold',
  accepts: ['event'],
  machine: ({ bad }): Machine<Seen, EventSignal, Signal> => ({
    start: () => ({ seen: 0, due: null }),
    step(state, { event, time, key }, emit) {
      state.seen += 1;
      state.due ??= Math.ceil(time / 60_000) * 60_000 + 60_000;
      if (event.text.includes(bad)) {
        emit({ kind: 'event', time, key, event: { ...event, text: `half done: ${state.seen}` } });
        throw new RangeError(`${key} cannot take ${bad}`);
      }
    },
    due: ({ due }) => due ?? Number.POSITIVE_INFINITY,
    tick(state, time, emit) {
      state.due = null;
      const event = { id: `${time}`, timestamp: new Date(time), source: 'x', group_id: 'x', text: `seen ${state.seen}`, metadata: {} };
      emit({ kind: 'event', time, key: 'x', event } as unknown as Signal);
    },
  }),
});

/** The same, which is not shared out. */
const closing = defineOperator({ ...fragile.spec, name: 'closing', onEvict: 'close' });

const registry = extend(builtins, { operators: [gate, second, fragile, closing] });

const file = ({ front = 'nothing', keyed = 'nothing', behind = 'nothing', operator = 'fragile' }) =>
  readText(
    `name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators:
  - gate: { bad: "${front}" }
  - group_by: { key: group_id }
  - ${operator}: { bad: "${keyed}" }
  - second: { bad: "${behind}" }
  - rank: { top: 5 }
sinks:
  all: { ndjson: { path: /d/out/all.ndjson, select: [event, rejected] } }
`,
    registry,
  );

const input = eventLines(400, { groups: 7 });
const count = (files: Record<string, string>) => Object.values(files).join('').split('failed twice').length - 1;

async function together(pipeline: ReturnType<typeof file>): Promise<Record<string, string>> {
  const [files, engine] = [await disk(input), new MemoryEngine({ step: false })];
  await new Process(pipeline, engine, { id: 'w1', files }).done;
  return written(files);
}

describe('a record at which an operator fails, on an engine', function () {
  this.timeout(600_000);
  const pipelines = {
    'in front of the keys': file({ front: 'user u1 ' }),
    'at the keys': file({ keyed: 'user u1 ' }),
    'at both': file({ front: 'user u2 ', keyed: 'user u1 ' }),
    'at many records': file({ keyed: 'user u1' }),
    'where nothing is shared out': file({ front: 'user u2 ', keyed: 'user u3 ', behind: 'user u1 ', operator: 'closing' }),
  };
  for (const [place, pipeline] of Object.entries(pipelines))
    it(`is set aside, ${place}, exactly as without an engine at the second try`, async () => {
      const whole = await writeAlone(pipeline, input, 200);
      expect(count(whole)).to.be.greaterThan(2);
      expect(difference(await together(pipeline), whole)).to.equal(null);
    });

  it('is set aside behind the keys, although those have counted it', async () => {
    const pipeline = file({ behind: 'user u1 ' });
    const rejected = (files: Record<string, string>) =>
      files['/d/out/all.ndjson']!.split('\n').filter((line) => line.includes('"kind":"rejected"'));
    const whole = rejected(await writeAlone(pipeline, input, 200));
    expect(whole).to.have.length.greaterThan(2);
    expect(rejected(await together(pipeline))).to.deep.equal(whole);
  });

  it('is set aside alike whichever call processes die at', async () => {
    const schedules = Number(process.env['ENGINE_KILLS'] ?? 12);
    const small = eventLines(160, { groups: 5 });
    const pipeline = file({ front: 'user u2 ', keyed: 'user u1 ' });
    const whole = await writeAlone(pipeline, small, 50);
    let kills = 0;
    const first = Number(process.env['ENGINE_SEED'] ?? 1);
    for (let seed = first; seed < first + schedules; seed += 1) {
      const run = new Killing(pipeline, seed, await disk(small), { calls: 250 });
      await run.toEnd();
      kills += run.kills;
      expect(difference(written(run.files), whole), `seed ${seed}`).to.equal(null);
    }
    expect(kills).to.be.greaterThan(schedules / 2);
  });
});
