import { expect } from 'chai';
import type { FindingView } from '../../../src/web/client.ts';
import { News } from '../../../src/web/page/news.ts';
import { partly } from '../../support/typed.ts';

const findings = (...all: [id: string, state: FindingView['state']][]) => ({
  findings: all.map(([id, state]) => partly<FindingView>({ id, state, title: `title of ${id}`, type: 'rule', result: {} })),
});

describe('the news of a board', () => {
  it('are none of the first board, and none where nothing changed its state', () => {
    const news = new News();
    news.take(findings(['a', 'firing']));
    news.take(findings(['a', 'firing']));
    expect(news.text).to.equal('');
  });

  it('are what fires now, with how much else changed; what is pending is no news', () => {
    const news = new News();
    news.take(findings());
    news.take(findings(['p', 'pending'], ['a', 'firing'], ['b', 'firing']));
    expect(news.text).to.equal('title of a firing, and 1 more');
    news.take(findings(['p', 'pending'], ['a', 'acked'], ['b', 'firing']));
    expect(news.text).to.equal('title of a acked');
  });

  it('say the score of an episode', () => {
    const news = new News();
    news.take(findings());
    const episode = partly<Extract<FindingView, { type: 'episode' }>>({
      id: 'e',
      state: 'firing',
      title: 'disk',
      type: 'episode',
      result: partly<Extract<FindingView, { type: 'episode' }>['result']>({ score: 97.6 }),
    });
    news.take({ findings: [episode] });
    expect(news.text).to.equal('disk firing, score 98');
  });
});
