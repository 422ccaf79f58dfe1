import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { concat, EMPTY, from, lastValueFrom, map, NEVER, of, Subject, throwError, type Observable } from 'rxjs';
import { z } from 'zod';
import type { Flow } from '../../src/signal.ts';
import { ndjson } from '../../src/sinks/ndjson.ts';
import { defineSink } from '../../src/sinks/sink.ts';
import { toSink } from '../../src/sinks/toSink.ts';
import { defineSource, sourceOptions, type SourceBatch } from '../../src/sources/source.ts';
import { eventAt } from '../support/fakes.ts';
import { temporaryFolder } from '../support/testIo.ts';
import { settle } from '../support/virtualIo.ts';

/** A sink whose writes end when they are told to, and what happened to it. */
function slowSink() {
  const log: string[] = [];
  const writes: (() => void)[] = [];
  const counters = { written: 0, filtered: 0, failed: 0, held: 0 };
  const sink = defineSink({
    name: 'slow',
    summary: 'Writes when it is told to.',
    options: z.strictObject({ select: z.array(z.string()).optional(), fails: z.boolean().default(false) }),
    open: async ({ fails }) => ({
      counters,
      async write(batch) {
        log.push(`write ${batch.map(({ time }) => time).join(' ')}`);
        await new Promise<void>((resolve) => void writes.push(resolve));
        if (fails) throw new Error('disk full');
        counters.written += batch.length;
      },
      flush: async () => void log.push('flush'),
      close: async () => void log.push('close'),
    }),
  });
  const goOn = async () => {
    writes.shift()?.();
    await settle();
  };
  return { sink, log, goOn };
}

/** A source of batches of ten events, and how many of them were asked for. */
function batches(count: number) {
  const asked = { batches: 0 };
  const source = defineSource({
    name: 'ten',
    summary: 'Ten events a batch.',
    options: z.strictObject(sourceOptions),
    open: () => ({
      batches: (async function* (): AsyncGenerator<SourceBatch> {
        for (; asked.batches < count;) {
          asked.batches += 1;
          yield { records: Array.from({ length: 10 }, (_, i) => eventAt(asked.batches * 10 + i)), position: asked.batches };
        }
      })(),
      close: async () => {},
    }),
  });
  return { source, asked };
}

/** What an Observable came to. */
function outcome(source: Observable<unknown>): { said: string[] } {
  const said: string[] = [];
  source.subscribe({
    next: (value) => said.push(JSON.stringify(value)),
    error: (error: Error) => said.push(`error ${error.message}`),
    complete: () => said.push('complete'),
  });
  return { said };
}

const counted = (written: number, filtered = 0) => JSON.stringify({ written, filtered, failed: 0, held: 0 });

describe('toSink', () => {
  const folder = temporaryFolder();

  it('ends a pipe: the file is complete when the promise resolves', async () => {
    const path = folder.file('out/events.ndjson');
    const counters = await lastValueFrom(from([eventAt(1, 'a'), eventAt(2, 'b')]).pipe(toSink(ndjson({ path }))));
    expect(counters).to.include({ written: 2, filtered: 0 });
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { text: string }).text)).to.deep.equal(['a', 'b']);
  });

  it('leaves out what the sink does not select, and counts it', async () => {
    const path = folder.file('selected.ndjson');
    const mine: Flow = { kind: 'mine', time: 3, key: '' };
    const counters = await lastValueFrom(of<Flow[]>(eventAt(1), mine).pipe(toSink(ndjson({ path, select: ['mine'] }))));
    expect(counters).to.include({ written: 1, filtered: 1 });
    expect(readFileSync(path, 'utf8')).to.equal('{"kind":"mine","timestamp":"1970-01-01T00:00:00.003Z","schema":1}\n');
  });

  it('refuses wrong options at the call', () => {
    expect(() => ndjson({ path: '' })).to.throw(/path/);
  });

  it('writes what came while it wrote together, and completes when all is flushed and closed', async () => {
    const { sink, log, goOn } = slowSink();
    const input = new Subject<Flow>();
    const { said } = outcome(input.pipe(toSink(sink({}))));
    await settle();
    for (const time of [1, 2, 3]) {
      input.next(eventAt(time));
      await settle();
    }
    input.complete();
    await settle();
    expect(log).to.deep.equal(['write 1']);
    await goOn();
    expect([log, said]).to.deep.equal([['write 1', 'write 2 3'], []]);
    await goOn();
    expect([log.slice(2), said]).to.deep.equal([
      ['flush', 'close'],
      [counted(3), 'complete'],
    ]);
  });

  it('completes an empty pipe with nothing written', async () => {
    const { sink, log } = slowSink();
    const { said } = outcome(EMPTY.pipe(toSink(sink({}))));
    await settle();
    expect([log, said]).to.deep.equal([
      ['flush', 'close'],
      [counted(0), 'complete'],
    ]);
  });

  it('has a source of caducus wait: no more than a batch waits behind the one that is written', async () => {
    const { sink, log, goOn } = slowSink();
    const { source, asked } = batches(100);
    const { said } = outcome(
      source({}).pipe(
        map((signal) => signal),
        toSink(sink({})),
      ),
    );
    await settle();
    for (let written = 1; written <= 50; written += 1) {
      expect(asked.batches).to.be.within(written, written + 1);
      await goOn();
    }
    while (said.length === 0) await goOn();
    expect(said).to.deep.equal([counted(1000), 'complete']);
    expect(log.filter((line) => line.startsWith('write'))).to.have.length(100);
  });

  it('leaves sources alone that are subscribed to without it', async () => {
    const { source, asked } = batches(100);
    const { said } = outcome(source({}).pipe(map(() => 1)));
    await settle(300);
    expect([asked.batches, said.at(-1)]).to.deep.equal([100, 'complete']);
  });

  it('fails with the error of the source, when what came before it has been written', async () => {
    const { sink, log, goOn } = slowSink();
    const { said } = outcome(
      concat(
        of(eventAt(1)),
        throwError(() => new Error('gone')),
      ).pipe(toSink(sink({}))),
    );
    await settle();
    expect(said).to.deep.equal([]);
    await goOn();
    expect([log, said]).to.deep.equal([['write 1', 'flush', 'close'], ['error gone']]);
  });

  it('fails with the error of the sink, closes it and stops the source', async () => {
    const { sink, log, goOn } = slowSink();
    const { source, asked } = batches(100);
    const { said } = outcome(source({}).pipe(toSink(sink({ fails: true }))));
    await settle();
    await goOn();
    await settle();
    expect([log.slice(1), said]).to.deep.equal([['close'], ['error disk full']]);
    expect(asked.batches).to.be.at.most(3);
  });

  it('writes what has come when it is unsubscribed from', async () => {
    const { sink, log, goOn } = slowSink();
    const subscription = concat(of(eventAt(1), eventAt(2)), NEVER)
      .pipe(toSink(sink({})))
      .subscribe();
    subscription.unsubscribe();
    await settle();
    await goOn();
    expect(log).to.deep.equal(['write 1 2', 'flush', 'close']);
  });
});
