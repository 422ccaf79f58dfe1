import { expect } from 'chai';
import { Guesser } from '../../src/guesses/guesser.ts';
import { picosPerUnit, writePico } from '../../src/safeguards/budget/money.ts';
import { localServer } from '../embedders/support/localServer.ts';
import type { ChatFault } from '../support/servers/chatServer.ts';
import { ask, asking, self } from './support/asking.ts';
import { guessing } from './support/samples.ts';

describe('an endpoint that fails', () => {
  const at = asking();
  const faults: [title: string, fault: ChatFault, why: RegExp, free: boolean][] = [
    ['429', { status: 429, headers: { 'retry-after': '120' } }, /answered 429/, true],
    ['500', { status: 500 }, /answered 500/, true],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, /answered 302/, true],
    ['no JSON', { text: '<html>Bad Gateway</html>' }, /no JSON/, false],
    ['no message', { text: '{"choices":[]}' }, /no message/, false],
    ['an answer that is none', { text: '{"choices":[{"message":{"content":"hello"}}]}' }, /not what was asked for/, false],
    ['an oversized answer', { text: `{"choices":[{"message":{"content":"${'x'.repeat(400_000)}"}}]}` }, /larger than/, false],
    ['an endless answer', 'endless', /larger than/, false],
    ['an answer that breaks off', 'broken', /./, false],
  ];
  for (const [title, fault, why, free] of faults)
    it(`says so of ${title}, and books ${free ? 'nothing' : 'what it may have cost'}`, async () => {
      const guesser = at.open();
      const { cost } = guesser.prepare(ask('l'));
      at.server.faults.push(fault);
      const answer = await guesser.ask(ask('l'));
      expect(answer).to.deep.include({ ok: false, sent: true }).and.have.property('why').that.matches(why);
      expect(guesser.findLeft()).to.equal(free ? '200000' : writePico(200_000n * picosPerUnit - cost));
    });

  for (const fault of ['silent', 'stuck'] as const)
    it(`gives up one that is ${fault} after the time limit`, async () => {
      at.server.faults.push(fault);
      // The time limit is the only sleep, and it is over at once.
      const answer = await at.open({ timeout: '900ms' }).ask(ask('m'));
      expect(answer).to.deep.include({ ok: false, why: 'no answer within 900 ms' });
    });

  it('that is not there costs nothing', async () => {
    const gone = await localServer(() => undefined);
    await gone.close();
    const guesser = new Guesser(guessing(`${gone.url}/v1`), { io: at.io, dataDir: at.dataDir, self });
    expect(await guesser.ask(ask('n'))).to.deep.include({ ok: false, sent: true });
    expect(guesser.findLeft()).to.equal('200000');
  });

  it('asks no more for a while after three failures, then one to see, and says until when', async () => {
    const guesser = at.open();
    for (let n = 0; n < 3; n += 1) {
      at.server.faults.push({ status: 500 });
      await guesser.ask(ask(`o${n}`));
    }
    expect(await guesser.ask(ask('o4'))).to.deep.equal({
      ok: false,
      sent: false,
      why: 'the breaker is open until 2026-01-01T00:01:00.000Z: the endpoint answered 500',
    });
    expect(at.server.chats).to.have.length(3);
    at.io.advance(60_000);
    expect(await at.open().ask(ask('o4'))).to.have.property('ok', true);
  });

  it('leaves it alone as long as a 429 asks for', async () => {
    const guesser = at.open();
    at.server.faults.push({ status: 429, headers: { 'retry-after': '120' } });
    await guesser.ask(ask('p'));
    expect(await guesser.ask(ask('p'))).to.have.property('why', 'the endpoint wants to be left alone until 2026-01-01T00:02:00.000Z');
    at.io.advance(120_000);
    expect(await guesser.ask(ask('p'))).to.have.property('ok', true);
  });

  it('keeps no answer that is none', async () => {
    const guesser = at.open();
    at.server.faults.push({ text: '{"choices":[{"message":{"content":"hello"}}]}' });
    await guesser.ask(ask('q'));
    expect(await guesser.ask(ask('q'))).to.have.property('ok', true);
    expect(at.server.chats).to.have.length(2);
  });
});
