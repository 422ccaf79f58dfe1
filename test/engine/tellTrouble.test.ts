import { expect } from 'chai';
import type { Trouble } from '../../src/base/trouble.ts';
import { tellTrouble, type TellTroubleOptions } from '../../src/engine/tellTrouble.ts';

/** What is said of an engine whose trouble is this at each look. */
async function hear(looks: readonly (Trouble | null)[], words?: TellTroubleOptions['words']): Promise<string[]> {
  const stop = new AbortController();
  const heard: string[] = [];
  const left = [...looks];
  await tellTrouble({
    io: {
      sleep: async () => {
        if (left.length === 0) stop.abort();
      },
    },
    transport: { trouble: () => left.shift() ?? null },
    signal: stop.signal,
    tell: (text) => void heard.push(text),
    ...(words && { words }),
  });
  return heard;
}

const away: Trouble = { since: 5, why: 'no connection to nats://host' };
const waiting = 'The engine is waited for: no connection to nats://host.';

describe('the trouble of an engine', () => {
  it('is told once, and that it is over', async () => {
    expect(await hear([null, away, away, away, away, null, null])).to.deep.equal([waiting, 'The engine is back.']);
  });

  it('is not told where it is over at the next look', async () => {
    expect(await hear([null, away, null, { ...away, since: 7 }, null])).to.deep.equal([]);
  });

  it('is told again where it becomes another', async () => {
    const full = { since: 5, why: 'there is no room left' };
    expect(await hear([away, away, full, null, away, away])).to.deep.equal([
      waiting,
      'The engine is waited for: there is no room left.',
      'The engine is back.',
      waiting,
    ]);
  });

  it('is told in the words of what it is of', async () => {
    const words = { waits: 'The source s gives nothing here', back: 'The source s is back' };
    expect(await hear([away, away, null], words)).to.deep.equal([
      'The source s gives nothing here: no connection to nats://host.',
      'The source s is back.',
    ]);
  });

  it('is none of an engine that cannot say so', async () => {
    const stop = new AbortController();
    const sleep = async () => stop.abort();
    const tell = (text: string) => expect.fail(text);
    await tellTrouble({ io: { sleep }, transport: {}, signal: stop.signal, tell });
  });
});
