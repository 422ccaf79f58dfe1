import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { secretLines } from '../../bench/support/secretCorpus.ts';
import { askAboutEpisode } from '../../src/findings/guesses/question.ts';
import { CaducusError } from '../../src/errors.ts';
import { Guesser, type Guessed } from '../../src/guesses/guesser.ts';
import { guessFolder } from '../../src/guesses/guessState.ts';
import { picosPerUnit, writePico } from '../../src/safeguards/budget/money.ts';
import { guessParts } from '../../src/results/guess.ts';
import { answerAll, chatServer, dataIn, type ChatFault, type ChatServer } from '../support/servers/chatServer.ts';
import { episodeWith, guessing } from '../support/guesses.ts';
import { localServer } from '../embedders/support/localServer.ts';
import { quietIo, type QuietIo } from '../embedders/support/quietIo.ts';
import { temporaryFolder } from '../support/testIo.ts';

const self = { pid: process.pid, isAlive: () => true };
const ask = (id: string, texts: readonly string[] = [`disk ${id} fails`]) => askAboutEpisode(episodeWith(id, texts), guessParts)!;

describe('a guesser', () => {
  const folder = temporaryFolder();
  let server: ChatServer;
  let io: QuietIo;
  let dataDir: string;
  let count = 0;
  before(async () => void (server = await chatServer()));
  after(() => server.close());
  beforeEach(() => {
    io = quietIo({ longest: 1000 });
    dataDir = folder.file(`data${count++}`);
    server.chats.length = 0;
    server.faults.length = 0;
    server.usage = { prompt_tokens: 100, completion_tokens: 20 };
  });
  const open = (more: Parameters<typeof guessing>[1] = {}, env = {}): Guesser =>
    new Guesser(guessing(server.base, more), { io: { ...io, env }, dataDir, self });

  it('asks in one call, in the words of the protocol, and has what was answered', async () => {
    const answer = await open({ apiKeyEnv: 'KEY' }, { KEY: ' k-123 ' }).ask(ask('a', ['slow disk', 'dead disk']));
    expect(answer).to.deep.equal({
      ok: true,
      cost: '120',
      guess: {
        summary: 'A disk fails and writes to it fail.',
        causes: [{ text: 'The disk is worn out', patterns: ['topica0'] }],
        labels: [
          { id: 'topica0', text: 'pattern p1' },
          { id: 'topica1', text: 'pattern p2' },
        ],
      },
    });
    const [chat] = server.chats;
    expect(server.chats).to.have.length(1);
    expect(chat!.path).to.equal('/v1/chat/completions');
    expect(chat!.headers.authorization).to.equal('Bearer k-123');
    expect(chat!.body).to.deep.include({ model: 'tiny', max_tokens: 800, temperature: 0, stream: false });
    expect(dataIn(chat!).patterns.map(({ pattern }) => pattern)).to.deep.equal(['slow disk', 'dead disk']);
    expect(readFileSync(join(guessFolder(dataDir), 'state.json'), 'utf8')).to.not.include('k-123');
  });

  it('sends patterns alone where labels are all that is asked for', async () => {
    await open({ ask: ['labels'] }).ask(askAboutEpisode(episodeWith('b', ['slow disk']), ['labels'])!);
    expect(dataIn(server.chats[0]!)).to.deep.equal({ patterns: [{ name: 'p1', pattern: 'slow disk' }] });
  });

  it('adds fields to the request, and leaves out those that are null', async () => {
    await open({ body: { response_format: null, keep_alive: '1h' } }).ask(ask('c'));
    expect(server.chats[0]!.body).to.include({ keep_alive: '1h' }).and.not.have.property('response_format');
  });

  it('asks the same once, also after it was started anew, and for nothing', async () => {
    const first = await open().ask(ask('d'));
    const again = await open().ask(ask('d'));
    expect(server.chats).to.have.length(1);
    expect(again).to.deep.equal({ ...first, cost: '0' });
  });

  it('lets no secret and no address out, in a corpus of 500 lines', async () => {
    const secrets = secretLines(3, 7).slice(0, 400);
    const address = (n: number): [line: string, address: string] => {
      const four = `10.${n}.${(n * 7) % 256}.${(n * 13) % 256}`;
      const six = `2001:db8:${n.toString(16)}::${(n + 17).toString(16)}`;
      const mail = `user.${n}+tag@mail${n}.example.com`;
      const kinds: [string, string][] = [
        [`connect from ${four}:50010 refused`, four],
        [`peer=[${six}]:443 gone`, six],
        [`{"to":"${mail}","ok":false}`, mail],
        [`GET http://${four}/health 500`, four],
        [`bounced <${mail}>: mailbox full`, mail],
        [`host ip-${four.replaceAll('.', '-')}.ec2.internal is down`, four.replaceAll('.', '-')],
        [`client${four}_8080 left`, four],
      ];
      return kinds[n % kinds.length]!;
    };
    const addresses = Array.from({ length: 500 - secrets.length }, (_, n) => address(n));
    const lines = [
      ...secrets.map(({ text, secret }) => ({ text, hidden: secret })),
      ...addresses.map(([text, hidden]) => ({ text, hidden })),
    ];
    expect(lines).to.have.length(500);
    const guesser = open({ budget: { limit: 1e9 } });
    // Each as a pattern, a group, a change and a line of an episode.
    for (let at = 0; at < lines.length; at += 3) {
      const asked = ask(
        `x${at}`,
        lines.slice(at, at + 3).map(({ text }) => text),
      );
      expect((await guesser.ask(asked)).ok).to.equal(true);
    }
    // Of lines that differ in what is hidden nothing is left to tell them apart: they are one question.
    expect(server.chats.length).to.be.within(50, Math.ceil(500 / 3));
    const sent = server.chats.map(({ text, headers, path }) => `${path}${JSON.stringify(headers)}${text}`).join('\n');
    const parts = (hidden: string) => (hidden.length > 8 ? [hidden.slice(0, 8), hidden.slice(-8)] : [hidden]);
    const bare = sent.replace(/content-length":"\d+"/g, '');
    const out = lines.filter(({ hidden }) => parts(hidden).some((part) => bare.includes(part)));
    expect(out.map(({ text }) => text)).to.deep.equal([]);
  });

  describe('with a budget', () => {
    const dear = { price: { input: '1000', output: '1000' }, maxTokens: 100 };
    const within = (limit: string) => open({ ...dear, budget: { limit, currency: 'USD' } });

    it('books the most that a question can cost before it leaves, and then what it did cost', async () => {
      const guesser = within('10');
      const { cost } = guesser.prepare(ask('e'));
      const seen: string[] = [];
      server.say = () => {
        seen.push(guesser.findLeft());
        return { summary: 'x' };
      };
      await guesser.ask(ask('e'));
      server.say = answerAll;
      expect(seen).to.deep.equal([writePico(10n * picosPerUnit - cost)]);
      // 120 tokens at 1,000 USD a million.
      expect(guesser.findLeft()).to.equal('9.88');
    });

    it('stops at the cent: what could pass the limit is not asked', async () => {
      server.usage = undefined;
      const { cost } = within('1').prepare(ask('f0'));
      const guesser = within(writePico(3n * cost));
      const answers: Guessed[] = [];
      for (let n = 0; n < 6; n += 1) answers.push(await guesser.ask(ask(`f${n}`)));
      expect(answers.map(({ ok }) => ok)).to.deep.equal([true, true, true, false, false, false]);
      expect(server.chats).to.have.length(3);
      expect(guesser.findLeft()).to.equal('0');
      expect(answers[3])
        .to.deep.include({ sent: false })
        .and.have.property('why')
        .that.matches(/^the budget has no room for it: 0 USD are left/);
    });

    it('has no room for a question that could cost a pico more than is left', async () => {
      const { cost } = within('1').prepare(ask('g'));
      expect((await within(writePico(cost - 1n)).ask(ask('g'))).ok).to.equal(false);
      expect(server.chats).to.have.length(0);
      expect((await within(writePico(cost)).ask(ask('g'))).ok).to.equal(true);
    });

    it('takes no more than was booked, whatever the endpoint says it used', async () => {
      server.usage = { prompt_tokens: 999_999_999, completion_tokens: 5 };
      const guesser = within('10');
      const { cost } = guesser.prepare(ask('h'));
      await guesser.ask(ask('h'));
      expect(guesser.findLeft()).to.equal(writePico(10n * picosPerUnit - cost));
    });

    it('books in full what broke off with the process that asked, and nothing that was refused', async () => {
      const guesser = within('10');
      const { cost } = guesser.prepare(ask('i'));
      server.faults.push({ status: 500 });
      await guesser.ask(ask('i'));
      expect(guesser.findLeft()).to.equal('10');
      // What stands on disk while it is asked is what a crash leaves.
      let left: Buffer | null = null;
      const file = join(guessFolder(dataDir), 'state.json');
      server.say = (chat) => {
        left = readFileSync(file);
        return answerAll(chat);
      };
      await guesser.ask(ask('i'));
      server.say = answerAll;
      writeFileSync(file, left!);
      const after = within('10');
      expect(after.findLeft()).to.equal(writePico(10n * picosPerUnit - cost));
      await after.ask(ask('j'));
      expect(after.findLeft()).to.equal(writePico(10n * picosPerUnit - cost - 120n * (picosPerUnit / 1000n)));
    });

    it('is a new one in another currency', async () => {
      await within('10').ask(ask('k'));
      expect(open().findLeft()).to.equal('200000');
    });
  });

  describe('of an endpoint that fails', () => {
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
        const guesser = open();
        const { cost } = guesser.prepare(ask('l'));
        server.faults.push(fault);
        const answer = await guesser.ask(ask('l'));
        expect(answer).to.deep.include({ ok: false, sent: true }).and.have.property('why').that.matches(why);
        expect(guesser.findLeft()).to.equal(free ? '200000' : writePico(200_000n * picosPerUnit - cost));
      });

    for (const fault of ['silent', 'stuck'] as const)
      it(`gives up one that is ${fault} after the time limit`, async () => {
        server.faults.push(fault);
        // The time limit is the only sleep, and it is over at once.
        const answer = await open({ timeout: '900ms' }).ask(ask('m'));
        expect(answer).to.deep.include({ ok: false, why: 'no answer within 900 ms' });
      });

    it('that is not there costs nothing', async () => {
      const gone = await localServer(() => undefined);
      await gone.close();
      const guesser = new Guesser(guessing(`${gone.url}/v1`), { io, dataDir, self });
      expect(await guesser.ask(ask('n'))).to.deep.include({ ok: false, sent: true });
      expect(guesser.findLeft()).to.equal('200000');
    });

    it('asks no more for a while after three failures, then one to see, and says until when', async () => {
      const guesser = open();
      for (let n = 0; n < 3; n += 1) {
        server.faults.push({ status: 500 });
        await guesser.ask(ask(`o${n}`));
      }
      expect(await guesser.ask(ask('o4'))).to.deep.equal({
        ok: false,
        sent: false,
        why: 'the breaker is open until 2026-01-01T00:01:00.000Z: the endpoint answered 500',
      });
      expect(server.chats).to.have.length(3);
      io.advance(60_000);
      expect(await open().ask(ask('o4'))).to.have.property('ok', true);
    });

    it('leaves it alone as long as a 429 asks for', async () => {
      const guesser = open();
      server.faults.push({ status: 429, headers: { 'retry-after': '120' } });
      await guesser.ask(ask('p'));
      expect(await guesser.ask(ask('p'))).to.have.property('why', 'the endpoint wants to be left alone until 2026-01-01T00:02:00.000Z');
      io.advance(120_000);
      expect(await guesser.ask(ask('p'))).to.have.property('ok', true);
    });

    it('keeps no answer that is none', async () => {
      const guesser = open();
      server.faults.push({ text: '{"choices":[{"message":{"content":"hello"}}]}' });
      await guesser.ask(ask('q'));
      expect(await guesser.ask(ask('q'))).to.have.property('ok', true);
      expect(server.chats).to.have.length(2);
    });
  });

  it('that is told to end books what was under way, and asks no more', async () => {
    const stop = new AbortController();
    const guesser = open();
    const { cost } = guesser.prepare(ask('r'));
    server.say = () => {
      stop.abort(new Error('over'));
      return 'late';
    };
    const answer = await guesser.ask(ask('r'), stop.signal).catch((error: Error) => error.message);
    server.say = answerAll;
    expect(answer).to.equal('over');
    expect(guesser.findLeft()).to.equal(writePico(200_000n * picosPerUnit - cost));
  });

  it('does not begin anew over a state that is damaged: spent money would be forgotten', async () => {
    await open().ask(ask('s'));
    writeFileSync(join(guessFolder(dataDir), 'state.json'), '{"ledger":');
    const error = await open()
      .ask(ask('s'))
      .catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(CaducusError).with.property('code', 'CAD011');
    expect(existsSync(join(guessFolder(dataDir), 'lock'))).to.equal(false);
  });

  it('is one at a time: a question of another process is told who is asking', async () => {
    const guesser = open();
    let second: unknown;
    server.say = async (chat) => {
      second = await open()
        .ask(ask('t2'))
        .catch((error: unknown) => error);
      return answerAll(chat);
    };
    const first = await guesser.ask(ask('t1'));
    server.say = answerAll;
    expect([first.ok, (second as CaducusError).code]).to.deep.equal([true, 'CAD041']);
  });

  it('needs the key that it is to send', () => {
    expect(() => open({ apiKeyEnv: 'KEY' }))
      .to.throw('KEY is not set')
      .with.property('code', 'CAD021');
  });
});
