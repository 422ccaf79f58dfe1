import { expect } from 'chai';
import { began, convert, MINUTE, Played } from '../support/memory/playedMemory.ts';

describe('a memory whose masks become others', () => {
  const words = ['alpha', 'beta', 'gamma', 'delta'];
  const speak = (played: Played, from: number, to: number): void => {
    for (let minute = from; minute < to; minute += 1) {
      for (const word of words) played.event(`queue ${word} drained after retry`, began + minute * MINUTE + word.length * 1000);
    }
  };

  it('calls what re-forms not new for twelve windows, and what is new new', () => {
    const before = new Played({ window: '1m' });
    speak(before, 0, 60);
    const after = { window: '1m', mask: ['alpha|beta|gamma|delta'] };
    const changed = new Played(after, convert(before.save(), ['mask'], {}, after, 60));
    speak(changed, 60, 64);
    changed.event('disk failure on volume 7', began + 64 * MINUTE + 1);
    speak(changed, 65, 70);
    const news = changed.blips.filter(({ state, open }) => state === 'new' && !open).map(({ label }) => label);
    expect(news.every((label) => label.includes('disk'))).to.equal(true);
    expect(news.length).to.be.above(0);
  });
});

describe('a memory whose threshold becomes another', () => {
  const say = (played: Played, from: number, to: number): void => {
    for (let minute = from; minute < to; minute += 1) {
      played.event('user login failed', began + minute * MINUTE + 1000);
      played.event('failed logins of the user', began + minute * MINUTE + 2000);
      played.event(`request ${minute} was served`, began + minute * MINUTE + 3000);
    }
  };

  it('folds its topics anew: apart at a higher one, together again at a lower one', () => {
    const before = new Played({ window: '1m', similarityThreshold: 0.8 });
    say(before, 0, 20);
    const topics = ({ memory: { known } }: Played) => [...known.topics.all()].map(({ templates, total }) => [templates.length, total]);
    const together = topics(before);
    const strict = { window: '1m', similarityThreshold: 1 };
    const apart = new Played(strict, convert(before.save(), ['similarityThreshold'], {}, strict, 20));
    expect(topics(apart)).to.have.length(3);
    const loose = { window: '1m', similarityThreshold: 0.8 };
    const again = new Played(loose, convert(apart.save(), ['similarityThreshold'], {}, loose, 20));
    expect(topics(again)).to.deep.equal(together);
    say(again, 20, 22);
    expect(again.blips.filter(({ state }) => state === 'new')).to.deep.equal([]);
  });
});
