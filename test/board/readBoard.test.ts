import { expect } from 'chai';
import { startBoard } from '../../src/board/board.ts';
import { countStates, findAnswers, findEpisodes, findSilences, isInEpisode } from '../../src/board/readBoard.ts';
import { reduceBoard } from '../../src/board/reduceBoard.ts';
import { findMembers } from '../../src/findings/findMembers.ts';
import type { Mark, Signal } from '../../src/signal.ts';
import { findingSignal, markSignal } from '../support/blips.ts';
import { changedFinding } from '../support/findings.ts';
import { episode, radarOfAll, sampleBlip } from '../support/views/viewSamples.ts';

const after = (...signals: Signal[]) => signals.reduce(reduceBoard, startBoard());
const episodeSignal = (state: 'firing' | 'resolved'): Signal => ({
  kind: 'finding',
  time: 0,
  key: '',
  finding: changedFinding(episode, { state }),
});
const at = (hours: number) => new Date(hours * 3_600_000).toISOString();

describe('what is read of a board', () => {
  it('counts patterns by what they do, those that are not listed too', () => {
    const blips = [sampleBlip({ state: 'new' }), sampleBlip({ state: 'new' }), sampleBlip({ state: 'gone' })];
    const radar = { ...radarOfAll, blips, rest: { ...radarOfAll.rest, states: { steady: 40, new: 1 } } };
    expect(countStates(radar)).to.deep.equal({ steady: 40, new: 3, gone: 1 });
  });

  it('holds answers in force until their end, and those without one for good', () => {
    const given: Partial<Mark>[] = [{ target: 'a', until: at(2) }, { target: 'b' }];
    const board = after(...given.map((mark) => markSignal({ type: 'silence', ...mark }, 0)));
    const targets = (hours: number) => findAnswers(board, hours * 3_600_000).map(({ target }) => target);
    expect([targets(1), targets(2)]).to.deep.equal([['a', 'b'], ['b']]);
  });

  it('finds of the silences those that have an end', () => {
    const board = after(
      markSignal({ type: 'silence', target: 'a', until: at(2) }, 0),
      markSignal({ type: 'silence', target: 'b' }, 0),
      markSignal({ type: 'ack', target: 'c', until: at(2) }, 0),
    );
    expect(findSilences(board, 0)).to.deep.equal({ a: 2 * 3_600_000 });
  });

  it('finds a pattern in an episode while that is open, and in no other finding', () => {
    const [topic] = findMembers(episode);
    const open = after(episodeSignal('firing'), findingSignal('f', 0, { topic_id: 'other' }));
    expect(findEpisodes(open).map(({ id }) => id)).to.deep.equal([episode.id]);
    expect([topic!, 'other', ''].map((id) => isInEpisode(open, id))).to.deep.equal([true, false, false]);
    expect(isInEpisode(after(episodeSignal('firing'), episodeSignal('resolved')), topic!)).to.equal(false);
  });
});
