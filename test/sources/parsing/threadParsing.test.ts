import { expect } from 'chai';
import { decodeSignals } from '../../../src/kernel/encodeSignals.ts';
import { nodeFiles } from '../../../src/io.ts';
import type { Signal } from '../../../src/signal.ts';
import type { ParseStart } from '../../../src/sources/parsing/parsing.ts';
import { parsingFile, threadParsing } from '../../../src/sources/parsing/threadParsing.ts';

const start: ParseStart = {
  ...{ format: 'ndjson', context: { reference: 0 }, from: null, source: 's', file: 'a.log' },
  ids: { stamped: false, first: null, nth: 0 },
  owner: null,
  generations: new Map(),
};
const bytes = (text: string) => new Uint8Array(Buffer.from(text));

describe('parsing in a thread', () => {
  it('gives what came of each piece in the order of the pieces, of several streams', async () => {
    const parsing = threadParsing(await parsingFile(nodeFiles), { redact: ['secrets'] });
    try {
      const [a, b] = [parsing.open(start), parsing.open({ ...start, file: 'b.log' })];
      const lines = (n: number) => bytes(`{"time":"2026-03-14T00:00:0${n}Z","msg":"line ${n}"}\n`);
      const parsed = await Promise.all([a.push(lines(1)), b.push(lines(2)), a.push(lines(3))]);
      const texts = parsed.map(({ signals }) =>
        (decodeSignals(signals) as Signal[]).flatMap((one) => (one.kind === 'event' ? [one.event.text] : [])),
      );
      expect(texts).to.deep.equal([['line 1'], ['line 2'], ['line 3']]);
      expect(parsed.map(({ position }) => position.line)).to.deep.equal([1, 1, 2]);
      expect(parsed.map(({ ids }) => ids?.stamped)).to.deep.equal([true, true, true]);
    } finally {
      await parsing.close();
    }
  });

  it('rejects everything that waits, and what comes later, with its error once the thread has ended by itself', async () => {
    const parsing = threadParsing(await parsingFile(nodeFiles), { redact: [] });
    const stream = parsing.open({ ...start, format: 'no such format' as 'lines' });
    const asked = [stream.push(bytes('a\n')), stream.push(bytes('b\n'))];
    for (const one of asked) expect(await one.catch((error: Error) => error.message)).to.match(/the thread that parses ended: /);
    expect(await stream.push(bytes('c\n')).catch((error: Error) => error.message)).to.match(/the thread that parses ended: /);
    await parsing.close();
  });

  it('is said to be missing where the installation is incomplete', async () => {
    const error = await parsingFile(nodeFiles, 'file:///nowhere/program.cjs').catch((thrown: Error) => thrown);
    expect((error as Error).message).to.contain('parseThread.js is missing');
  });
});
