import { expect } from 'chai';
import { Superseded } from '../../../src/engine/transport.ts';
import { NotHere, Worker, type Job } from '../../../src/engine/workers/worker.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { caught, until } from '../../support/engine/roles.ts';

describe('a process that shares in the work', () => {
  let engine: MemoryEngine;
  let log: string[];
  let stop: AbortController;
  beforeEach(() => {
    engine = new MemoryEngine({ step: false });
    log = [];
    stop = new AbortController();
  });

  const untilAborted = (signal: AbortSignal) =>
    new Promise<void>((resolve) => void signal.addEventListener('abort', () => resolve(), { once: true }));
  /** Work that goes on until it is told to end. */
  const lasting =
    (id: string, work: string): Job =>
    async (signal) => {
      log.push(`${id} begins ${work}`);
      await untilAborted(signal);
      log.push(`${id} ends ${work}`);
    };
  const works = ['desk', 'partition.0', 'partition.1'];
  const start = (id: string, signal: AbortSignal, jobs = new Map(works.map((work) => [work, lasting(id, work)]))) => {
    const sleep = (_ms: number, until?: AbortSignal) =>
      new Promise<void>((resolve) => (until?.aborted ? resolve() : setImmediate(resolve)));
    return new Worker({ io: { sleep }, transport: engine.transport(id), id, jobs, every: 1, signal }).run();
  };
  const held = () => works.map((work) => engine.holds.get(work));

  it('takes everything while it is alone, and lets it go when it leaves', async () => {
    const run = start('a', stop.signal);
    await until(() => log.length === 3);
    expect(held()).to.deep.equal(['a', 'a', 'a']);
    stop.abort();
    await run;
    expect(log.slice(3).toSorted()).to.deep.equal(works.map((work) => `a ends ${work}`));
    expect([...engine.holds]).to.deep.equal([]);
  });

  it('gives another that comes its share, what it had of it being ended first', async () => {
    const runs = [start('a', stop.signal)];
    await until(() => log.length === 3);
    runs.push(start('b', stop.signal));
    await until(() => log.includes('b begins partition.1'));
    expect(log.indexOf('a ends partition.1')).to.be.lessThan(log.indexOf('b begins partition.1'));
    expect(held()).to.deep.equal(['a', 'a', 'b']);
    stop.abort();
    await Promise.all(runs);
  });

  it('knows what it does, and how often another had gone on with what it did', async () => {
    let times = 0;
    const job: Job = async (signal) => {
      times += 1;
      if (times < 3) throw new Superseded('desk');
      await untilAborted(signal);
    };
    let looks = 0;
    const sleep = (_ms: number, end?: AbortSignal) => new Promise<void>((resolve) => (end?.aborted ? resolve() : setImmediate(resolve)));
    const jobs = new Map([['desk', job]]);
    const looked = () => void (looks += 1);
    const worker = new Worker({ io: { sleep }, transport: engine.transport('a'), id: 'a', jobs, every: 1, signal: stop.signal, looked });
    const run = worker.run();
    await until(() => times === 3);
    expect(worker.works).to.deep.equal(['desk']);
    expect([...worker.superseded]).to.deep.equal([['desk', 2]]);
    expect(looks).to.be.at.least(2);
    stop.abort();
    await run;
  });

  it('leaves to others what it cannot do, and never asks for it again', async () => {
    let tries = 0;
    const job: Job = async () => {
      tries += 1;
      throw new NotHere('it is elsewhere');
    };
    const own = start(
      'a',
      stop.signal,
      new Map<string, Job>([
        ['desk', lasting('a', 'desk')],
        ['writer', job],
      ]),
    );
    await until(() => tries === 1 && !engine.holds.has('writer'));
    const other = start('b', stop.signal, new Map([['writer', lasting('b', 'writer')]]));
    await until(() => log.includes('b begins writer'));
    expect([tries, engine.holds.get('writer'), engine.holds.get('desk')]).to.deep.equal([1, 'b', 'a']);
    stop.abort();
    await Promise.all([own, other]);
  });

  it('takes what was of one that is gone, once its hold has lapsed', async () => {
    for (const work of [...works, 'member.dead']) engine.holds.set(work, 'dead');
    const run = start('a', stop.signal);
    for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(log).to.deep.equal([]);
    engine.holds.clear();
    await until(() => log.length === 3);
    stop.abort();
    await run;
  });

  it('ends what it holds no more', async () => {
    const run = start('a', stop.signal);
    await until(() => log.length === 3);
    engine.holds.set('desk', 'b');
    await until(() => log.includes('a ends desk'));
    stop.abort();
    await run;
  });

  it('begins again what another had gone on with, and not what is done', async () => {
    let [superseded, done] = [0, 0];
    const jobs = new Map<string, Job>([
      [
        'desk',
        async (signal) => {
          superseded += 1;
          if (superseded < 3) throw new Superseded('desk');
          await untilAborted(signal);
        },
      ],
      ['sequencer', async () => void (done += 1)],
    ]);
    const run = start('a', stop.signal, jobs);
    await until(() => superseded === 3);
    for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(done).to.equal(1);
    stop.abort();
    await run;
  });

  it('ends with what a piece of work fails at, the others being ended first', async () => {
    const jobs = new Map<string, Job>([
      ['desk', lasting('a', 'desk')],
      ['partition.0', () => Promise.reject(new Error('it is broken'))],
    ]);
    expect(await caught(start('a', stop.signal, jobs))).to.have.property('message', 'it is broken');
    expect(log).to.deep.equal(['a begins desk', 'a ends desk']);
    expect([...engine.holds]).to.deep.equal([]);
  });
});
