import { expect } from 'chai';
import { foldRows } from '../../../src/memory/ranking/foldRows.ts';
import { blipSignal } from '../../support/blips.ts';

const blip = (template: string, topic: string, count: number, bits: number) => ({
  ...blipSignal(template, 300_000, { topic_id: topic, count, usual: count - 1, trend: [1, count], total: count }, bits).blip,
});

describe('rows', () => {
  it('are blips as they are where each topic has one template', () => {
    const blips = [blip('a', 't', 4, 10), blip('b', 'u', 5, 20)];
    expect(foldRows(blips)).to.deep.equal(blips);
  });

  it('sum the templates of a topic, and take word, level and score of the strongest', () => {
    const [row, ...rest] = foldRows([
      blip('a', 't', 4, 10),
      blip('c', 'u', 1, 1),
      { ...blip('b', 't', 5, 20), state: 'rising', level: 'ERROR' },
    ]);
    expect(rest.map(({ topic_id: id }) => id)).to.deep.equal(['u']);
    expect(row).to.include({ topic_id: 't', template_id: 'b', count: 9, usual: 7, total: 9, state: 'rising', level: 'ERROR' });
    expect(row!.trend).to.deep.equal([2, 9]);
    expect(row!.members!.map(({ template_id: id, count }) => [id, count])).to.deep.equal([
      ['b', 5],
      ['a', 4],
    ]);
  });

  it('never fold topics of two groups', () => {
    expect(foldRows([blip('a', 't', 1, 1), { ...blip('b', 't', 1, 1), group_id: 'h' }])).to.have.length(2);
  });
});
