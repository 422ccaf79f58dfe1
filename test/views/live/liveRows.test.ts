import { expect } from 'chai';
import { listRows, orders } from '../../../src/views/live/liveRows.ts';
import { sampleLook } from '../../support/live/look.ts';
import { quiet, sampleBlip } from '../../support/views/viewSamples.ts';

const look = sampleLook({ findings: [quiet, ...sampleLook().findings] });

describe('the rows of a live screen', () => {
  it('are findings, quiet groups last among them, then the open window, the closed one, what is over', () => {
    const open = { ...look.radar!, blips: look.radar!.blips.slice(0, 1) };
    const rows = listRows({ ...look, open }, '', 'score');
    const kinds = rows.map(({ kind }) => kind);
    expect([...new Set(kinds)]).to.deep.equal(['finding', 'open', 'pattern', 'earlier']);
    expect(kinds).to.deep.equal(kinds.toSorted((a, b) => [...new Set(kinds)].indexOf(a) - [...new Set(kinds)].indexOf(b)));
    expect(rows.findLast(({ kind }) => kind === 'finding')?.id).to.equal(quiet.id);
  });

  it('by change are in order of times usual, those that were never usual on top and those that nobody knows last', () => {
    const blips = [
      sampleBlip({ topic_id: 'known', count: 20, usual: 10 }),
      sampleBlip({ topic_id: 'unknown', count: 900, usual: null }),
      sampleBlip({ topic_id: 'fresh', count: 3, usual: 0 }),
    ];
    const rows = listRows({ findings: [], open: null, radar: { ...look.radar!, blips, earlier: [] } }, '', 'change');
    expect(rows.map(({ id }) => id)).to.deep.equal(['fresh', 'known', 'unknown']);
  });

  it('in any order are the same rows', () => {
    const ids = (order: (typeof orders)[number]) =>
      listRows(look, '', order)
        .map(({ id }) => id)
        .toSorted();
    for (const order of orders) expect(ids(order)).to.deep.equal(ids('score'));
  });

  it('match a filter by group, level, state and severity', () => {
    const many = (filter: string) => listRows(look, filter, 'score').length;
    expect(many('')).to.be.greaterThan(many('critical')).and.greaterThan(0);
    for (const filter of ['app:orders', 'error', 'rising', 'critical', 'firing']) expect(many(filter), filter).to.be.greaterThan(0);
    expect(many('critical rising')).to.equal(0);
  });
});
