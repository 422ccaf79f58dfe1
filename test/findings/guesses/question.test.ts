import { expect } from 'chai';
import { secretLines } from '../../../bench/support/secretCorpus.ts';
import { askAboutEpisode, askForLabels, describeTopic } from '../../../src/findings/guesses/question.ts';
import { guessParts } from '../../../src/results/guess.ts';
import { ask, asking } from '../../guesses/support/asking.ts';
import { episodeWith } from '../../guesses/support/samples.ts';

describe('a question', () => {
  const at = asking();

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
    const guesser = at.open({ budget: { limit: 1e9 } });
    // Each as a pattern, a group, a change and a line of an episode.
    for (let from = 0; from < lines.length; from += 3) {
      const asked = ask(
        `x${from}`,
        lines.slice(from, from + 3).map(({ text }) => text),
      );
      expect((await guesser.ask(asked)).ok).to.equal(true);
    }
    // Of lines that differ in what is hidden nothing is left to tell them apart: they are one question.
    expect(at.server.chats.length).to.be.within(50, Math.ceil(500 / 3));
    const sent = at.server.chats.map(({ text, headers, path }) => `${path}${JSON.stringify(headers)}${text}`).join('\n');
    const parts = (hidden: string) => (hidden.length > 8 ? [hidden.slice(0, 8), hidden.slice(-8)] : [hidden]);
    const bare = sent.replace(/content-length":"\d+"/g, '');
    const out = lines.filter(({ hidden }) => parts(hidden).some((part) => bare.includes(part)));
    expect(out.map(({ text }) => text)).to.deep.equal([]);
  });

  it('of an episode has its patterns by other names, when they began, changes and lines, and no id', () => {
    const episode = episodeWith(
      'e7c1',
      Array.from({ length: 40 }, (_, n) => `pattern ${n}`),
    );
    const { target, ids, data } = askAboutEpisode(episode, guessParts)!;
    expect([target, ids.length]).to.deep.equal(['e7c1', 16]);
    expect(data.patterns[1]).to.deep.equal({ name: 'p2', pattern: 'pattern 1', group: 'pattern 1', state: 'new', count: 1, seconds: 0 });
    expect([data.changes!.length, data.lines!.length]).to.deep.equal([3, 3]);
    expect(JSON.stringify(data)).to.not.include('e7c1');
  });

  it('has no text longer than 300 characters', () => {
    const { data } = ask('a', ['word '.repeat(400)]);
    expect(Math.max(...Object.values(data.patterns[0]!).map((value) => String(value).length))).to.equal(303);
  });

  it('for labels alone has patterns alone, of a topic that with the most lines', () => {
    const topic = { topic_id: 't', label: 'label', members: [{ template_id: 'x', pattern: 'Disk <n> fails', count: 3 }] };
    expect(askForLabels([describeTopic(topic)])).to.deep.equal({
      target: '',
      ids: ['t'],
      ask: ['labels'],
      data: { patterns: [{ name: 'p1', pattern: 'Disk <n> fails' }] },
    });
    expect(askAboutEpisode(episodeWith('e', ['a']), ['labels'])!.data).to.deep.equal({ patterns: [{ name: 'p1', pattern: 'a' }] });
  });

  it('about nothing is none', () => {
    expect([askForLabels([]), askAboutEpisode(episodeWith('e', []), guessParts)]).to.deep.equal([null, null]);
  });
});
