import { nodeIo } from 'caducus';
import { expect } from 'chai';
import type { Jet } from '../../src/connect.ts';
import { Forgetting } from '../../src/engine/forget.ts';
import { Patience } from '../../src/engine/patience.ts';
import { Link } from '../../src/link.ts';

/** A server of a release with these messages in its stream, and what it was asked. */
function serve(version: string, held: number[]) {
  const asked: string[] = [];
  const link = new Link();
  const jsm = {
    streams: {
      purge: async (_: string, { seq }: { seq: number }) => void asked.push(`purge ${seq}`),
      deleteMessage: async (_: string, seq: number) => {
        asked.push(`delete ${seq}`);
        held.splice(held.indexOf(seq), 1);
      },
    },
    consumers: {
      add: async () => {
        asked.push('list');
        return { name: 'c' };
      },
      delete: async () => undefined,
    },
  };
  const js = {
    consumers: {
      getConsumerFromInfo: () => ({
        consume: async () => {
          const messages = held.map((seq, i) => ({ seq, info: { deliverySequence: i + 1 } }));
          return Object.assign(messages[Symbol.iterator](), { [Symbol.iterator]: () => messages.values(), stop() {}, status: () => [] });
        },
      }),
    },
  };
  const jet = { js, jsm, link, nc: { isClosed: () => false, info: { version } } } as unknown as Jet;
  const patience = new Patience(jet, { ...nodeIo(), sleep: async () => undefined }, { path: '--engine', servers: 'host' });
  return { forgetting: new Forgetting(jet, patience, 'stream'), asked, held };
}

describe('forgetting what is needed no more', () => {
  it('is one step for a server that books what a purge has freed', async () => {
    const { forgetting, asked } = serve('2.9.15', [1, 2, 3]);
    await forgetting.forget({ subject: 's', below: 3, newest: 3 });
    expect(asked).to.deep.equal(['purge 3']);
  });

  it('is number by number for one before that, which is asked once what is there', async () => {
    const { forgetting, asked, held } = serve('2.9.10', [1, 2, 5, 7]);
    await forgetting.forget({ subject: 's', below: 5, newest: 7 });
    expect([asked, held]).to.deep.equal([
      ['list', 'delete 1', 'delete 2'],
      [5, 7],
    ]);
    // Written here, and read of others.
    for (const seq of [9, 12, 9]) forgetting.see('s', seq);
    forgetting.see('another', 10);
    held.push(9, 12);
    asked.length = 0;
    await forgetting.forget({ subject: 's', below: 12, newest: 12 });
    expect([asked, held]).to.deep.equal([['delete 5', 'delete 7', 'delete 9'], [12]]);
  });

  it('asks again what is there where that is more than it remembers', async () => {
    const { forgetting, asked, held } = serve('2.9.10', [1]);
    await forgetting.forget({ subject: 's', below: 1, newest: 1 });
    for (let seq = 2; seq <= 5_000; seq += 1) {
      forgetting.see('s', seq);
      held.push(seq);
    }
    asked.length = 0;
    await forgetting.forget({ subject: 's', below: 3, newest: 5_000 });
    expect(asked).to.deep.equal(['list', 'delete 1', 'delete 2']);
  });
});
