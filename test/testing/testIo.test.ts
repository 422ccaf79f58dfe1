import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { testIo } from '../../src/testing.ts';

describe('testIo', () => {
  it('moves its clock to each sleeper in turn, and lets what it wakes go on before the next', async () => {
    const io = testIo({ start: 1000 });
    const log: string[] = [];
    const beat = async (name: string, every: number) => {
      for (;;) {
        await io.sleep(every);
        log.push(`${name}@${io.now()}`);
      }
    };
    void beat('a', 30);
    void beat('b', 50);
    await io.pass(100);
    expect(log).to.deep.equal(['a@1030', 'b@1050', 'a@1060', 'a@1090', 'b@1100']);
    expect([io.now(), io.monotonic(), io.sleeping]).to.deep.equal([1100, 100, 2]);
  });

  it('moves its clock at once with advance: those who sleep again wait for the next', async () => {
    const io = testIo({ start: 0 });
    let woken = 0;
    const beat = async () => {
      for (;;) {
        await io.sleep(10);
        woken += 1;
      }
    };
    void beat();
    io.advance(100);
    await nextTurn();
    expect([woken, io.now(), io.sleeping]).to.deep.equal([1, 100, 1]);
  });

  it('moves by itself when asked to: a sleep costs no time', async () => {
    const io = testIo({ start: 0, auto: true });
    await io.sleep(3_600_000);
    expect(io.now()).to.equal(3_600_000);
  });

  it('wakes a sleeper that is aborted, at once and when it was aborted before', async () => {
    const io = testIo();
    const stop = new AbortController();
    const sleeping = io.sleep(10, stop.signal).catch((error: Error) => error.name);
    stop.abort();
    expect(await sleeping).to.equal('AbortError');
    expect(await io.sleep(10, stop.signal).catch((error: Error) => error.name)).to.equal('AbortError');
    expect(io.sleeping).to.equal(0);
  });

  it('keeps what is written to its screens, and has its own environment and standard input', async () => {
    const io = testIo({ env: { HOME: '/h' }, stdin: [new Uint8Array([1]), new Uint8Array([2])] });
    await io.stdout.write('a');
    await io.stderr.write('b');
    const read: number[] = [];
    for await (const bytes of io.stdin()) read.push(...bytes);
    expect([io.stdout.text, io.stderr.text, io.env['HOME'], io.env['PATH'], read]).to.deep.equal(['a', 'b', '/h', undefined, [1, 2]]);
  });
});
