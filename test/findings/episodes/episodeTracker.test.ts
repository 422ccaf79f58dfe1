import { expect } from 'chai';
import fc from 'fast-check';
import { EpisodeTracker } from '../../../src/findings/episodes/episodeTracker.ts';
import { options } from '../../../src/findings/episodes/options.ts';
import { toIso } from '../../../src/event.ts';
import type { Finding, Signal } from '../../../src/signal.ts';
import { blipSignal, findingSignal, markSignal, width } from '../../support/blips.ts';

const came = (id: string, n: number) =>
  blipSignal(id, n * width, { state: 'new', level: 'ERROR', first_seen: toIso((n - 1) * width), usual: 0 });
const calm = (n: number) => blipSignal('other', n * width, {}, 0);

/** A tracker that is ticked when it is due, and what it hands on. */
class Played {
  out: Finding[] = [];
  readonly options;

  constructor(
    given: object = {},
    public tracker = new EpisodeTracker(options.parse(given)),
  ) {
    this.options = options.parse(given);
  }

  readonly emit = ({ finding }: { finding: Finding }) => void this.out.push(finding);

  take(...signals: Signal[]): this {
    for (const signal of signals) {
      for (let due = this.tracker.due(); due !== null && due <= signal.time; due = this.tracker.due()) this.tracker.tick(due, this.emit);
      this.tracker.take(signal, this.emit);
    }
    return this;
  }

  restart(): void {
    this.tracker = EpisodeTracker.load(JSON.parse(JSON.stringify(this.tracker.save())), this.options);
  }

  /** Of all that was handed on since the last look: `type state`. */
  get said(): string[] {
    return this.out.splice(0).map(({ type, state }) => `${type} ${state}`);
  }
}

describe('a tracker of episodes', () => {
  it('waits for company, tells an episode when its wait is over, and is due at the window that may end it', () => {
    const played = new Played().take(came('a', 1), came('b', 1));
    expect([played.said, played.tracker.due()]).to.deep.equal([[], width + 1]);
    played.tracker.tick(width + 1, played.emit);
    expect(played.tracker.due()).to.equal(width + 30_000);
    played.tracker.tick(width + 30_000, played.emit);
    expect(played.said).to.deep.equal(['episode firing']);
    played.take(calm(2), calm(3), calm(4));
    expect(played.said).to.include('episode resolved');
  });

  it('tells at once where nothing waits, and at the end what is still waiting', () => {
    expect(new Played({ groupWait: 0 }).take(came('a', 1), came('b', 1)).said).to.deep.equal(['episode firing']);
    const played = new Played().take(came('a', 1), came('b', 1), findingSignal('s', width, { type: 'budget' }));
    played.tracker.end(played.emit);
    expect(played.said).to.deep.equal(['episode firing', 'budget firing']);
  });

  it('tells again what goes on for as long as is asked', () => {
    const played = new Played({ groupWait: 0, repeatInterval: '1m' }).take(came('a', 1), came('b', 1));
    const again = [1, 2].map((n) => {
      played.tracker.tick(width + n * 60_000, played.emit);
      return (played.out.at(-1)!.result as { repeats?: number }).repeats;
    });
    expect(again).to.deep.equal([1, 2]);
  });

  it('hands a finding on with the episode it is part of', () => {
    const played = new Played().take(came('a', 1), came('b', 1), findingSignal('s', width, { template_id: 'a', topic_id: 'a' }));
    played.tracker.tick(width + 30_000, played.emit);
    const [episode, finding] = played.out;
    expect(finding!.result.episode).to.deep.equal({ id: episode!.id });
  });

  for (const more of [
    { state: 'pending' },
    { type: 'episode' },
    { result: { settling: 'v2' } },
    { result: { usual_at: toIso(0) } },
  ] as const)
    it(`counts no finding as moving that is ${JSON.stringify(more)}`, () => {
      const played = new Played({ groupWait: 0 }).take(came('a', 1), findingSignal('s', width, more));
      expect(played.out.map(({ id }) => id)).to.deep.equal(['s']);
    });

  it('names an episode of before that was alike, with the last note on it', () => {
    const played = new Played({ groupWait: 0 }).take(came('a', 1), came('b', 1), calm(2), calm(3), calm(4), calm(5));
    const before = played.out.at(-1)!;
    expect(before.state).to.equal('resolved');
    played.take(markSignal({ type: 'note', target: before.id, text: 'it was the disk' }, 5 * width), came('a', 9), came('b', 9));
    const { seen_before: seen } = played.out.at(-1)!.result as { seen_before: { id: string; note?: string }[] };
    expect(seen.map(({ id, note }) => [id, note])).to.deep.equal([[before.id, 'it was the disk']]);
  });

  it('is silenced as a whole only when all of its members are', () => {
    const silence = (target: string) => markSignal({ type: 'silence', target, until: toIso(9 * width) }, width);
    const until = (...targets: string[]) =>
      new Played({ groupWait: 0 }).take(...targets.map(silence), came('a', 1), came('b', 1)).out[0]!.result.silenced_until;
    expect([until('a'), until('a', 'b'), until('g')]).to.deep.equal([undefined, toIso(9 * width), toIso(9 * width)]);
  });

  it('goes on after a restart at any moment as if there had been none', () => {
    const signals = [
      came('a', 1),
      came('b', 1),
      findingSignal('s', width),
      came('c', 2),
      calm(3),
      calm(4),
      calm(5),
      came('a', 9),
      came('b', 9),
    ];
    const whole = new Played().take(...signals).out;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: signals.length }), (at) => {
        const played = new Played().take(...signals.slice(0, at));
        played.restart();
        expect(played.take(...signals.slice(at)).out).to.deep.equal(whole);
      }),
      { numRuns: 20 },
    );
  });
});
