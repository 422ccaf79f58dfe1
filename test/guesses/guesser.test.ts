import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { askAboutEpisode } from '../../src/findings/guesses/question.ts';
import type { CaducusError } from '../../src/errors.ts';
import { guessFolder } from '../../src/guesses/guessState.ts';
import { picosPerUnit, writePico } from '../../src/safeguards/budget/money.ts';
import { answerAll, dataIn } from '../support/servers/chatServer.ts';
import { ask, asking } from './support/asking.ts';
import { episodeWith } from './support/samples.ts';

describe('a guesser', () => {
  const at = asking();

  it('asks in one call, in the words of the protocol, and has what was answered', async () => {
    const answer = await at.open({ apiKeyEnv: 'KEY' }, { KEY: ' k-123 ' }).ask(ask('a', ['slow disk', 'dead disk']));
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
    const [chat] = at.server.chats;
    expect(at.server.chats).to.have.length(1);
    expect(chat!.path).to.equal('/v1/chat/completions');
    expect(chat!.headers.authorization).to.equal('Bearer k-123');
    expect(chat!.body).to.deep.include({ model: 'tiny', max_tokens: 800, temperature: 0, stream: false });
    expect(dataIn(chat!).patterns.map(({ pattern }) => pattern)).to.deep.equal(['slow disk', 'dead disk']);
    expect(readFileSync(join(guessFolder(at.dataDir), 'state.json'), 'utf8')).to.not.include('k-123');
  });

  it('sends patterns alone where labels are all that is asked for', async () => {
    await at.open({ ask: ['labels'] }).ask(askAboutEpisode(episodeWith('b', ['slow disk']), ['labels'])!);
    expect(dataIn(at.server.chats[0]!)).to.deep.equal({ patterns: [{ name: 'p1', pattern: 'slow disk' }] });
  });

  it('adds fields to the request, and leaves out those that are null', async () => {
    await at.open({ body: { response_format: null, keep_alive: '1h' } }).ask(ask('c'));
    expect(at.server.chats[0]!.body).to.include({ keep_alive: '1h' }).and.not.have.property('response_format');
  });

  it('asks the same once, also after it was started anew, and for nothing', async () => {
    const first = await at.open().ask(ask('d'));
    const again = await at.open().ask(ask('d'));
    expect(at.server.chats).to.have.length(1);
    expect(again).to.deep.equal({ ...first, cost: '0' });
  });

  it('that is told to end books what was under way, and asks no more', async () => {
    const stop = new AbortController();
    const guesser = at.open();
    const { cost } = guesser.prepare(ask('r'));
    at.server.say = () => {
      stop.abort(new Error('over'));
      return 'late';
    };
    const answer = await guesser.ask(ask('r'), stop.signal).catch((error: Error) => error.message);
    expect(answer).to.equal('over');
    expect(guesser.findLeft()).to.equal(writePico(200_000n * picosPerUnit - cost));
  });

  it('is one at a time: a question of another process is told who is asking', async () => {
    const guesser = at.open();
    let second: unknown;
    at.server.say = async (chat) => {
      second = await at
        .open()
        .ask(ask('t2'))
        .catch((error: unknown) => error);
      return answerAll(chat);
    };
    const first = await guesser.ask(ask('t1'));
    expect([first.ok, (second as CaducusError).code]).to.deep.equal([true, 'CAD041']);
  });

  it('needs the key that it is to send', () => {
    expect(() => at.open({ apiKeyEnv: 'KEY' }))
      .to.throw('KEY is not set')
      .with.property('code', 'CAD021');
  });
});
