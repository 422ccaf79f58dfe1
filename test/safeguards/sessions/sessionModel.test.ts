import { expect } from 'chai';
import fc from 'fast-check';
import type { Json } from '../../../src/event.ts';
import { SessionModel } from '../../../src/safeguards/sessions/sessionModel.ts';

/** The counts of a session out of its patterns in order. */
const count = (patterns: string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const pattern of patterns.split(' ').filter(Boolean)) counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  return counts;
};

function teach(model: SessionModel, sessions: readonly string[]): SessionModel {
  for (const session of sessions) model.learn(count(session), model.score(count(session)));
  return model;
}

const repeat = (session: string, times: number) => Array.from({ length: times }, () => session);
const usual = () => teach(new SessionModel(), repeat('open write write write close', 500));

describe('SessionModel', () => {
  it('finds nothing in a session like all others', () => {
    const { bits, parts } = usual().score(count('open write write write close'));
    expect(bits).to.be.lessThan(2);
    expect(parts).to.deep.equal([]);
  });

  for (const [title, session, pattern, direction] of [
    ['lacks a pattern that all have', 'open write write write', 'close', 'missing'],
    ['has one more than all have', 'open write write write write close', 'write', 'more'],
    ['has fewer than all have', 'open write write close', 'write', 'fewer'],
    ['has a pattern none had', 'open write write write close panic', 'panic', 'never before'],
  ] as const) {
    it(`finds that a session ${title}`, () => {
      const { bits, parts } = usual().score(count(session));
      expect(bits).to.be.greaterThan(7);
      expect(parts[0]).to.include({ pattern, direction });
    });
  }

  it('says the share and the median of what is usual', () => {
    const model = teach(new SessionModel(), [...repeat('a b b', 300), ...repeat('a', 100)]);
    const [part] = model.score(count('a b b b b')).parts;
    expect(part).to.include({ pattern: 'b', count: 4, median: 2, direction: 'more' });
    expect(part!.share).to.equal(0.75);
  });

  it('finds a combination of common patterns that never came together', () => {
    const model = teach(
      new SessionModel(),
      Array.from({ length: 600 }, (_, i) => (i % 2 === 0 ? 'a b' : 'c d')),
    );
    expect(model.score(count('a c')).bits).to.be.greaterThan(6.5);
    expect(model.score(count('a b')).bits).to.be.lessThan(3);
  });

  it('calls few sessions unusual where each has its own mixture of many optional patterns', () => {
    for (const share of [0.02, 0.3, 0.5]) {
      // A linear congruential generator (Numerical Recipes): the same mixture in each run.
      let seed = 7;
      const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
      const model = new SessionModel();
      let unusual = 0;
      for (let i = 0; i < 1200; i += 1) {
        const session = count(Array.from({ length: 60 }, (_, p) => (random() < share ? `p${p}` : '')).join(' '));
        const score = model.score(session);
        if (i >= 300 && score.bits >= 6.5) unusual += 1;
        model.learn(session, score);
      }
      expect(unusual, `share ${share}`).to.be.lessThan(15);
    }
  });

  it('counts order for nothing', () => {
    const model = usual();
    expect(model.score(count('close write open write'))).to.deep.equal(model.score(count('open write write close')));
  });

  it('goes on from what was saved as if it had never stopped', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 40 }),
        fc.nat(),
        (all, at) => {
          const sessions = all.map((one) => one.join(' '));
          const cut = at % sessions.length;
          const whole = teach(new SessionModel(), sessions);
          const first = teach(new SessionModel(), sessions.slice(0, cut));
          const loaded = teach(SessionModel.load(JSON.parse(JSON.stringify(first.save())) as Json), sessions.slice(cut));
          expect(loaded.save()).to.deep.equal(whole.save());
          expect(loaded.score(count('a b'))).to.deep.equal(whole.score(count('a b')));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('holds a bounded number of patterns and sets, and forgets what is long ago', () => {
    const model = new SessionModel();
    for (let i = 0; i < 9000; i += 1) teach(model, [`common p${i}`]);
    expect((model.save() as { counts: unknown[] }).counts.length).to.be.at.most(4097);
    expect(model.score(count('common p1')).parts.map(({ pattern }) => pattern)).not.to.include('common');
  });
});
