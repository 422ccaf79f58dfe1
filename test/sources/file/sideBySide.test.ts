import { expect } from 'chai';
import { sideBySide, type Chain } from '../../../src/sources/file/sideBySide.ts';
import type { SourceBatch } from '../../../src/sources/source.ts';
import { eventAt } from '../../support/fakes.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Logs whose only file is the list of its batches, each a list of times in minutes. */
async function read(logs: Record<string, number[][]>, options: { begins?: Record<string, number | null>; stopAfter?: number } = {}) {
  const chains = Object.entries(logs).map(([name, batches]): Chain<[string, number[][]]> => ({
    name,
    files: [[name, batches]],
    begins: options.begins?.[name] === undefined ? batches[0]![0]! * minute : options.begins[name],
  }));
  const stop = new AbortController();
  const told: string[] = [];
  const lasts: string[] = [];
  let closed = 0;
  async function* readChain(files: readonly [string, number[][]][], isLast: () => boolean): AsyncGenerator<SourceBatch> {
    const [[name, batches]] = files as [[string, number[][]]];
    try {
      for (const times of batches) yield { records: times.map((time) => eventAt(time * minute)), position: null, stream: name };
      if (isLast()) lasts.push(name);
    } finally {
      closed += 1;
    }
  }
  for await (const { stream, records, streams } of sideBySide(chains, readChain, stop.signal)) {
    told.push(`${stream}${records.map(({ time }) => time / minute).join(',')} of ${[...streams!.keys()].join('')}`);
    if (told.length === options.stopAfter) stop.abort();
  }
  return { told, lasts, closed };
}

describe('logs read side by side', () => {
  it('give the next batch of the one that lies behind, and are told which are open', async () => {
    const { told, lasts, closed } = await read({ a: [[1], [5], [9]], b: [[2], [3], [4]] });
    expect(told).to.deep.equal(['a1 of ab', 'a5 of ab', 'b2 of ab', 'b3 of ab', 'b4 of ab', 'a9 of a']);
    expect([lasts, closed]).to.deep.equal([['a'], 2]);
  });

  it('are opened when the others have come to their beginning', async () => {
    const { told } = await read({ a: [[1], [100], [200]], b: [[180], [190]] });
    expect(told).to.deep.equal(['a1 of ab', 'a100 of ab', 'a200 of ab', 'b180 of ab', 'b190 of ab']);
  });

  it('are not led astray by one record with a wrong clock', async () => {
    const { told } = await read({ a: [[1, 2, 9e6], [3, 4, 5], [6]], b: [[2], [7]] });
    expect(told.map((one) => one[0]).join('')).to.equal('aabba');
  });

  it('are opened at once where they are read on', async () => {
    const { told } = await read({ a: [[1]], b: [[500 * (hour / minute)]] }, { begins: { b: null } });
    expect(told[0]).to.equal('b30000 of ab');
  });

  it('are all let go when the reading is stopped', async () => {
    const { told, closed } = await read({ a: [[1], [5]], b: [[2], [3]] }, { stopAfter: 2 });
    expect([told, closed]).to.deep.equal([['a1 of ab', 'a5 of ab'], 1]);
    expect((await read({ a: [[1], [5], [6]], b: [[2], [9]] }, { stopAfter: 3 })).closed).to.equal(2);
  });
});
