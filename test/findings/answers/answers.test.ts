import { expect } from 'chai';
import fc from 'fast-check';
import { Answers } from '../../../src/findings/answers/answers.ts';
import { toIso } from '../../../src/event.ts';
import type { Mark } from '../../../src/signal.ts';
import { blipSignal, findingSignal, markSignal, width } from '../../support/blips.ts';
import type { FindingChanges } from '../../support/findings.ts';

const mark = (more: Partial<Mark> & Pick<Mark, 'type'>, at = 0): Mark => markSignal(more, at).mark;
const finding = (more: FindingChanges = {}) => findingSignal('f', 0, { topic_id: 'topic', template_id: 'template', ...more }).finding;

/** Answers that took these marks at time 0. */
function answered(...marks: Mark[]): Answers {
  const answers = new Answers();
  for (const one of marks) answers.take(one, 0, [finding()]);
  return answers;
}

describe('what people answered', () => {
  for (const target of ['f', 'template', 'topic', 'g'])
    it(`to ${target} is about the finding, and not about another`, () => {
      const answers = answered(mark({ type: 'ack', target }));
      expect(answers.apply(finding(), 1)).to.include({ state: 'acked' });
      const other = findingSignal('other', 0, { group_id: 'h' }).finding;
      expect(answers.apply(other, 1)).to.equal(other);
    });

  it('to the group of an episode says nothing of the episode, which is of several groups', () => {
    const answers = answered(mark({ type: 'ack', target: 'g' }));
    expect(answers.apply(finding({ type: 'episode' }), 1).state).to.equal('firing');
  });

  it('is in force until its end and not at it, and the end is the next time to look', () => {
    const answers = answered(mark({ type: 'ack', target: 'f', until: toIso(50) }));
    expect(answers.due).to.equal(50);
    const states = [49, 50].map((now) => {
      answers.settle(now);
      return answers.apply(finding(), now).state;
    });
    expect(states).to.deep.equal(['acked', 'firing']);
    expect(answers.due).to.equal(null);
  });

  it('is the newest ack, in whichever order they come', () => {
    const early = mark({ type: 'ack', target: 'f', text: 'early' }, 1);
    const late = mark({ type: 'ack', target: 'f', text: 'late' }, 2);
    for (const order of [
      [early, late],
      [late, early],
    ])
      expect(answered(...order).apply(finding(), 3).result.acked).to.include({ note: 'late' });
  });

  it('resolves what was declared over, whatever else was answered, until it is forgotten', () => {
    const answers = answered(mark({ type: 'ack', target: 'f' }), mark({ type: 'resolve', target: 'template' }));
    expect(answers.isOver('f')).to.equal(true);
    expect(answers.apply(finding(), 1)).to.include({ state: 'resolved' });
    answers.forget(finding());
    expect([answers.isOver('f'), answers.apply(finding(), 1).state]).to.deep.equal([false, 'firing']);
  });

  it('keeps an ack of a whole group, or one with an end, when one finding is over', () => {
    for (const kept of [mark({ type: 'ack', target: 'g' }), mark({ type: 'ack', target: 'f', until: toIso(99) })]) {
      const answers = answered(kept);
      answers.forget(finding());
      expect(answers.apply(finding(), 1).state).to.equal('acked');
    }
  });

  it('keeps the last eight notes on a thing, each once', () => {
    const notes = Array.from({ length: 10 }, (_, n) => mark({ type: 'note', target: 'f', text: `n${n}` }, n));
    const kept = answered(...notes, notes[9]!).notesOn('f');
    expect(kept.map(({ text }) => text)).to.deep.equal(notes.slice(2).map(({ text }) => text));
  });
});

describe('a silence', () => {
  it('is in force from its begin until its end', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 300 }),
        (from, long, now) => {
          const answers = answered(mark({ type: 'silence', target: 'g', from: toIso(from), until: toIso(from + long) }));
          const isOn = now >= from && now < from + long;
          expect(answers.silencedUntil(['g'], now)).to.equal(isOn ? toIso(from + long) : null);
        },
      ),
      { numRuns: 100 },
    ));

  it('is shown with the end that lies furthest', () => {
    const ends = [30, 90, 60].map((until) => mark({ type: 'silence', target: 'g', until: toIso(until) }));
    expect(answered(...ends).apply(finding(), 1).result.silenced_until).to.equal(toIso(90));
  });

  it('of the same id with another end takes the place of the one before', () => {
    const long = mark({ type: 'silence', target: 'g', until: toIso(90) });
    expect(answered(long, { ...long, until: toIso(20) }).silencedUntil(['g'], 1)).to.equal(toIso(20));
  });

  it('until a state ends when the pattern comes to do it anew', () => {
    const answers = answered(mark({ type: 'silence', target: 'template', until_state: 'rising' }));
    const blip = (end: number, state: 'rising' | 'steady') => blipSignal('template', end, { topic_id: 'topic', state }).blip;
    expect(answers.silencedUntil(['template'], 1)).to.equal('rising');
    expect(answers.watch(blip(2 * width, 'steady'), [])).to.equal(false);
    expect(answers.watch(blip(3 * width, 'rising'), [])).to.equal(true);
    expect(answers.silencedUntil(['template'], 4 * width)).to.equal(null);
  });

  it('by groups is about the findings of those', () => {
    const answers = answered(mark({ type: 'silence', match: { group: '^g$' }, until: toIso(90) }));
    expect(answers.apply(finding(), 1).result.silenced_until).to.equal(toIso(90));
    expect(answers.apply(finding({ group_id: 'gg' }), 1).result.silenced_until).to.equal(undefined);
  });
});

describe('answers to one pattern', () => {
  const given = () =>
    answered(
      mark({ type: 'ack', target: 'old' }),
      mark({ type: 'silence', target: 'old', until: toIso(90) }),
      mark({ type: 'note', target: 'old', text: 'known' }),
    );

  it('hold of the one in its place, too, however often that is said', () => {
    const answers = given();
    answers.succeed('old', 'template');
    const once = answers.save();
    answers.succeed('old', 'template');
    expect(answers.save()).to.deep.equal(once);
    const { state, result } = answers.apply(finding(), 1);
    expect([state, result.silenced_until, result.notes?.map(({ note }) => note)]).to.deep.equal(['acked', toIso(90), ['known']]);
    expect(answers.silencedUntil(['old'], 1)).to.equal(toIso(90));
  });

  it('come back as they were saved', () => {
    const answers = given();
    answers.take(mark({ type: 'resolve', target: 'f' }), 0, [finding()]);
    const restored = Answers.load(JSON.parse(JSON.stringify(answers.save())), 0);
    expect(restored.save()).to.deep.equal(answers.save());
    expect([restored.due, restored.isOver('f')]).to.deep.equal([90, true]);
  });
});
