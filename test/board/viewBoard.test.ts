import { expect } from 'chai';
import { reduceBoard } from '../../src/board/reduceBoard.ts';
import { toIso } from '../../src/event.ts';
import type { EpisodeFinding, Finding } from '../../src/signal.ts';
import { findingSignal, markSignal, width } from '../support/blips.ts';
import { boardOf, disk, radarOf, talks, view } from './boards.ts';
import { partly } from '../support/typed.ts';

describe('viewBoard', () => {
  it('shows the open window when something of it is known, its patterns in pieces', () => {
    const board = boardOf(radarOf(1, [disk(1).blip]), radarOf(2, [disk(2, { open: true }).blip], { open: true }));
    const { radar } = view(board);
    expect([radar?.open, radar?.start]).to.deep.equal([true, toIso(width)]);
    expect(radar?.blips[0]?.parts).to.deep.equal([
      { kind: 'text', text: 'Disk failure on ' },
      { kind: 'value', text: 'dn2', type: 'host' },
    ]);
  });

  it('lists open findings, those that fire before those that are acked, the worst and oldest first', () => {
    const of = (id: string, at: number, severity: Finding['severity'], state: Finding['state'] = 'firing') =>
      findingSignal(id, at, { severity, state });
    const board = boardOf(
      of('late', 9, 'critical'),
      of('mild', 1, 'warning'),
      of('acked', 0, 'critical', 'acked'),
      of('early', 2, 'critical'),
    );
    expect(view(board).findings.map(({ id }) => id)).to.deep.equal(['early', 'late', 'mild', 'acked']);
  });

  it('takes an ack at its word, before the run has heard of it', () => {
    const board = boardOf(
      findingSignal('f', 0, { topic_id: 'disk' }),
      findingSignal('g', 0),
      markSignal({ type: 'ack', target: 'disk' }, 1),
    );
    expect(view(board).findings.map(({ id, state }) => `${id} ${state}`)).to.deep.equal(['g firing', 'f acked']);
  });

  it('dresses a finding in the pieces of its pattern', () => {
    const board = boardOf(disk(1), findingSignal('f', 0, { topic_id: 'disk', title: 'Disk failure on dn2' }));
    expect(view(board).findings[0]?.parts.map(({ kind }) => kind)).to.deep.equal(['text', 'value']);
  });

  it('says of each member of an episode when it first moved and what it does now', () => {
    const member = (id: string, at: number) => ({
      topic_id: id,
      group_id: 'g',
      at: toIso(at),
      state: 'new',
      count: 1,
      label: `label ${id}`,
    });
    const finding = partly<EpisodeFinding>({
      ...findingSignal('e', width).finding,
      type: 'episode',
      result: {
        score: 98,
        members: [member('later', width + 100_000), member('disk', width)],
        groups: 1,
        changes: [],
        in_common: [],
        seen_before: [],
        clear_windows: 0,
        clear_needed: 2,
      },
    });
    const board = boardOf(disk(2, { count: 61, state: 'rising' }), { kind: 'finding', time: 2 * width, key: 'g', finding });
    const [episode] = view(board).episodes;
    expect(episode?.members.map(({ topic_id, offset_ms, count, state }) => [topic_id, offset_ms, count, state])).to.deep.equal([
      ['disk', 0, 61, 'rising'],
      ['later', 100_000, 1, 'new'],
    ]);
    expect(episode?.members[0]?.row?.score).to.equal(96);
  });

  it('a live run is as far behind as its newest event; what is over is behind nothing', () => {
    const board = boardOf(...talks('g', 2));
    expect(view(board, {}, 2 * width + 5000).behind_ms).to.equal(6000);
    expect(view(board, { live: false }).behind_ms).to.equal(null);
    expect(view(board).events_per_second).to.equal(1);
    expect(view(board, { rate: 189 }).events_per_second).to.equal(189);
  });

  it('is calm since the last window with a score of 40, and says what was highest since', () => {
    const calm = (n: number, score: number) => radarOf(n, [disk(n, { score }).blip]);
    const board = boardOf(...talks('g', 4), calm(1, 30), calm(2, 77), calm(3, 31));
    expect([view(board).calm.since, view(board).calm.highest?.score]).to.deep.equal([toIso(2 * width), 31]);
    reduceBoard(board, calm(4, 55));
    expect(view(board).calm.since).to.equal(null);
    expect(view(boardOf(...talks('g', 2), calm(2, 3))).calm.since).to.equal(toIso(0));
    const learning = radarOf(1, [disk(1, { score: 90 }).blip], { learning: { learned_ms: 1, warmup_ms: 2 } });
    expect(view(boardOf(...talks('g', 2), learning, calm(2, 3))).calm.since, 'not while all was new').to.equal(toIso(width));
  });

  it('draws the band of what is usual from eight of ten windows, once there are ten', () => {
    expect(view(boardOf(...talks('g', 9))).pulse.band).to.equal(null);
    expect(view(boardOf(...talks('g', 10))).pulse.band).to.deep.equal({ low: 1, high: 1 });
  });
});
