import { expect } from 'chai';
import { CheckpointLog } from '../../../src/engine/checkpointLog.ts';
import { encodeWork } from '../../../src/engine/machines/messages.ts';
import { PartitionStage } from '../../../src/engine/machines/partitionStage.ts';
import { MemoryReader } from '../../../src/engine/writer/memoryReader.ts';
import { watchMemory } from '../../../src/run/recall/watchMemory.ts';
import { Machine, readText } from '../../support/engine/machines.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { eventAt } from '../../support/fakes.ts';
import { disk } from '../../support/engine/onDisk.ts';
import { eventLines } from '../../support/durableRun.ts';

const pipeline = readText(`name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators: [{ group_by: { key: group_id } }, { memory: { window: 1m } }, { rank: {} }]
sinks: { radar: { ndjson: { path: /d/radar.ndjson, select: [radar] } } }`);
const shared = pipeline.operators[1]!;
const maker = { id: 'owner', made: 'this file', now: () => 0 };

describe('what reads the memories of processes elsewhere', () => {
  let engine: MemoryEngine;
  let seen: string[];
  const reader = (made = maker.made) =>
    new MemoryReader({
      ...{ transport: engine.transport('reader'), maker: { ...maker, made }, shared: shared.id, partitions: 2 },
      operators: watchMemory(pipeline.operators, {
        held: ({ group, known }) => void seen.push(`${group} ${[...known.index.all()].length}`),
        ended: ({ group }) => void seen.push(`${group} ended`),
      }),
    });
  const look = async (read: Promise<unknown>): Promise<string[]> => {
    seen = [];
    await read;
    return seen.toSorted();
  };

  /** A part of the groups, and what is saved of it. */
  class Part {
    readonly #stage = new PartitionStage(shared);
    readonly #log: CheckpointLog;
    #n = 0;

    constructor(name: string) {
      this.#log = new CheckpointLog(engine.transport('owner'), name, maker);
      this.#stage.load(null);
    }

    async save(group: string, ...texts: string[]): Promise<void> {
      const signals = texts.map((text, i) => ({ ...eventAt(1000 + i, text, group), key: group }));
      const [records, before] = [Int32Array.from(texts.keys()), new Float64Array(texts.length)];
      this.#n += 1;
      this.#stage.step(encodeWork({ signals, records, before, behind: 2000 }), this.#n);
      const { needsAll } = this.#log;
      await this.#log.save({ n: this.#n, seq: this.#n, state: this.#stage.save(needsAll), isChange: !needsAll });
    }
  }

  beforeEach(() => {
    engine = new MemoryEngine({ step: false });
  });

  it('makes them of what was saved last, and only those of which more was', async () => {
    const [first, second, own] = [new Part('p0'), new Part('p1'), reader()];
    expect(await look(own.load())).to.deep.equal([]);
    await first.save('a', 'disk is full');
    await second.save('b', 'user came in');
    expect(await look(own.load())).to.deep.equal(['a 1', 'b 1']);
    expect(await look(own.load())).to.deep.equal([]);
    await first.save('a', 'cache was dropped by its owner');
    expect(await look(own.load())).to.deep.equal(['a 2']);
  });

  it('leaves alone what another file or release has saved', async () => {
    await new Part('p0').save('a', 'disk is full');
    expect(await look(reader('another').load())).to.deep.equal([]);
  });

  it('closes them as they were at the end that is asked for, and at no other', async () => {
    const files = await disk(eventLines(40, { groups: 2 }));
    await new Machine(pipeline, engine, { id: 'w1', files }).done;
    const head = JSON.parse(Buffer.from(engine.of('ckpt.memories.head').at(-1)!.body).toString()) as { n: number; made: string };
    expect(await look(reader(head.made).close(head.n + 1))).to.deep.equal([]);
    const ends = (await look(reader(head.made).close(head.n))).filter((word) => word.endsWith('ended'));
    expect(ends).to.deep.equal(['app:0 ended', 'app:1 ended']);
  });
});
