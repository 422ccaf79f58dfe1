import { expect } from 'chai';
import fc from 'fast-check';
import { OwnMessages } from '../../../src/engine/loopback/ownMessages.ts';
import { Reading } from '../../../src/engine/loopback/reading.ts';
import { loopBack } from '../../../src/engine/loopback/loopBack.ts';
import type { Message } from '../../../src/engine/transport.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { randomFrom } from '../../support/engine/randomFrom.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A clock, and who sleeps by it. */
class Clock {
  now = 0;
  #sleeping: { until: number; wake: () => void }[] = [];
  readonly io = {
    monotonic: () => this.now,
    sleep: (ms: number) => new Promise<void>((wake) => void this.#sleeping.push({ until: this.now + ms, wake })),
  };

  async go(ms: number): Promise<void> {
    for (const end = this.now + ms; this.now < end; this.now += 1) {
      const due = this.#sleeping.filter(({ until }) => until <= this.now);
      this.#sleeping = this.#sleeping.filter(({ until }) => until > this.now);
      for (const { wake } of due) wake();
      if (due.length > 0) await turn();
    }
    await turn();
  }
}

/** A reading of one subject, and what of it was asked of the engine. */
function open() {
  const [engine, clock, own, stop] = [new MemoryEngine({ step: false }), new Clock(), new OwnMessages(1e6), new AbortController()];
  const here = engine.transport('here');
  const [events, given]: [string[], number[]] = [[], []];
  const transport: Pick<typeof here, 'read'> = {
    read: (subject, signal, after) => {
      events.push(`asks behind ${after}`);
      signal.addEventListener('abort', () => void events.push('lets go'));
      return here.read(subject, signal, after);
    },
  };
  const reading = new Reading({ io: clock.io, transport, subject: 'desk', own: own.join('desk', 0), signal: stop.signal });
  const done = (async () => {
    for await (const { seq } of reading.messages()) given.push(seq);
  })();
  let newest = 0;
  return {
    ...{ clock, events, given, stop, done },
    writeHere: async () => {
      const before = newest;
      newest = await here.append('desk', new Uint8Array(1), before);
      own.add({ subject: 'desk', seq: newest, body: new Uint8Array(1) }, before);
      await turn();
    },
    writeThere: async () => {
      newest = await engine.transport('there').append('desk', new Uint8Array(1), newest);
      await turn();
    },
  };
}

describe('reading what this process writes, and what others do', () => {
  it('asks the engine at the start, lets go of it once three in a row were written here, and asks again where nothing comes for a while', async () => {
    const { clock, events, given, writeHere, writeThere, stop, done } = open();
    await writeThere();
    expect([given, events]).to.deep.equal([[1], ['asks behind 0']]);
    for (let n = 0; n < 4; n += 1) await writeHere();
    expect([given, events]).to.deep.equal([
      [1, 2, 3, 4, 5],
      ['asks behind 0', 'lets go'],
    ]);
    await clock.go(240);
    await writeHere();
    await clock.go(240);
    expect(events).to.have.length(2);
    await clock.go(260);
    expect(events).to.deep.equal(['asks behind 0', 'lets go', 'asks behind 6']);
    await writeThere();
    expect(given).to.deep.equal([1, 2, 3, 4, 5, 6, 7]);
    stop.abort();
    await done;
  });

  it('finds at once what another has written before a message of this process', async () => {
    const { events, given, writeHere, writeThere, stop, done } = open();
    for (let n = 0; n < 4; n += 1) await writeHere();
    await writeThere();
    expect(given).to.deep.equal([1, 2, 3, 4]);
    await writeHere();
    await turn();
    expect(given).to.deep.equal([1, 2, 3, 4, 5, 6]);
    expect(events.at(-1)).to.equal('asks behind 4');
    stop.abort();
    await done;
  });

  it('stays with the engine where little comes, and where letting go of it did not pay again and again', async () => {
    const { clock, events, writeHere, stop, done } = open();
    for (let n = 0; n < 20; n += 1) {
      await writeHere();
      await clock.go(300);
    }
    expect(events).to.deep.equal(['asks behind 0']);
    for (let burst = 0; burst < 100; burst += 1) {
      for (let n = 0; n < 10; n += 1) await writeHere();
      await clock.go(600);
    }
    expect(events.filter((event) => event === 'lets go')).to.have.length(2);
    for (let n = 0; n < 100; n += 1) await writeHere();
    await clock.go(600);
    for (let n = 0; n < 4; n += 1) await writeHere();
    expect(events.filter((event) => event === 'lets go')).to.have.length(4);
    stop.abort();
    await done;
  });

  it('ends when it is told to, whatever it waits for', async () => {
    for (const written of [0, 5]) {
      const { events, writeHere, stop, done } = open();
      await turn();
      for (let n = 0; n < written; n += 1) await writeHere();
      stop.abort();
      await done;
      expect(events.at(-1)).to.equal('lets go');
    }
  });

  it('fails with what the engine fails with, also while all comes from here', async () => {
    const own = new OwnMessages(1e6);
    let fail = (_: Error): void => undefined;
    const transport = {
      read: () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>((_, reject) => (fail = reject)) }) }),
    };
    const signal = new AbortController().signal;
    const reading = new Reading({ io: new Clock().io, transport, subject: 'desk', own: own.join('desk', 0), signal }).messages();
    const first = reading.next();
    own.add({ subject: 'desk', seq: 1, body: new Uint8Array(1) }, 0);
    expect((await first).value).to.include({ seq: 1 });
    fail(new Error('it is gone'));
    await turn();
    const thrown = await reading.next().then(null, (error: unknown) => error);
    expect(thrown).to.be.instanceOf(Error).with.property('message', 'it is gone');
  });

  it('gives each message once and in order, whoever writes, whatever is kept, and however long anything takes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const random = randomFrom(seed);
        const engine = new MemoryEngine({ step: true });
        let steps = 0;
        const opened = ['one', 'other'].map((id) => {
          const io = {
            sleep: () => new Promise<void>((go) => void engine.pending.push({ process: id, isReady: () => true, go })),
            monotonic: () => steps,
          };
          const limits = { kept: [0, 40, 1e6][random(3)]!, unread: [0, 40, 1e6][random(3)]! };
          return loopBack(engine.transport(id), io, limits);
        });
        const stop = new AbortController();
        const most = 40;
        const readings = opened.flatMap((transport) =>
          [0, 0].map((after) => {
            const given: Message[] = [];
            void (async () => {
              for await (const message of transport.read('desk', stop.signal, after)) given.push(message);
            })();
            return given;
          }),
        );
        let written = 0;
        const write = async (transport: (typeof opened)[number]) => {
          while (written < most) {
            const fence = (await transport.last('desk'))?.seq ?? 0;
            let at = fence;
            // Several in a row, then the other has its turn.
            for (let left = random(12); left > 0 && written < most; left -= 1) {
              const seq = await transport.append('desk', Buffer.alloc(10, `${at}`), at).catch(() => null);
              if (seq === null) break;
              at = seq;
              written += 1;
            }
          }
        };
        for (const transport of opened) void write(transport);
        while (written < most || readings.some((given) => (given.at(-1)?.seq ?? 0) < engine.of('desk').at(-1)!.seq)) {
          const ready = engine.pending.filter(({ isReady }) => isReady());
          const chosen = ready[random(ready.length)]!;
          engine.pending.splice(engine.pending.indexOf(chosen), 1);
          chosen.go();
          if ((steps += 1) > 20_000) throw new Error('it came to no end');
          await turn();
        }
        stop.abort();
        const all = engine.of('desk');
        for (const given of readings)
          expect(given.map(({ seq, body }) => `${seq} ${Buffer.from(body).toString()}`)).to.deep.equal(
            all.map(({ seq, body }) => `${seq} ${Buffer.from(body).toString()}`),
          );
      }),
      { numRuns: 40 },
    );
  });
});
