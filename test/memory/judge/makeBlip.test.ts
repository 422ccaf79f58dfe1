import { expect } from 'chai';
import { judge } from '../../../src/memory/judge/judge.ts';
import { listFacts, listTemplates, makeBlip } from '../../../src/memory/judge/makeBlip.ts';
import { heardMemory } from '../../support/memory/heardMemory.ts';
import { inWindow } from '../../support/memory/patterns.ts';

const heard = (...texts: string[]) => {
  const group = heardMemory();
  texts.forEach((text, i) => group.hear(text, i));
  const { index } = group.state.known;
  const [pattern] = group.state.patterns.all();
  return { ...group, index, pattern: pattern! };
};
const frame = { group: 'g', start: 0, end: 60_000, open: false, count: 3, now: 60_000, fields: [] };

describe('the blip of a pattern', () => {
  it('is named by its template, with its lines and values', () => {
    const { pattern, index } = heard('took 12 ms', 'took 15 ms', 'took 12 ms');
    const blip = makeBlip(pattern, judge(pattern, null, inWindow(0)), index, frame);
    expect(blip).to.deep.include({ label: 'took <n>', templates: 1, total: 3, count: 3, group_id: 'g' });
    expect(blip.exemplars.map(({ text }) => text)).to.include('took 15 ms');
    expect(blip.slots[0]!.values.map(({ value }) => value)).to.deep.equal(['12 ms', '15 ms']);
    expect(blip).to.not.have.any.keys('merged', 'fields');
  });

  it('is named by its topic once its template is gone', () => {
    const { pattern, index } = heard('disk full');
    const blip = makeBlip({ ...pattern, id: 'gone', merged: ['older'] }, judge(pattern, null, inWindow(0)), index, frame);
    expect(blip).to.deep.include({ label: pattern.topic.text, exemplars: [], slots: [], merged: ['older'] });
  });

  it('says which fields its lines have in common, where that is known', () => {
    const { pattern, index } = heard('disk full');
    const fields = [{ name: 'host', value: 'web1', share: 1, of: 0.1 }];
    expect(makeBlip(pattern, judge(pattern, null, inWindow(0)), index, { ...frame, fields: fields as never }).fields).to.deep.equal(fields);
  });
});

describe('a topic', () => {
  it('is told by its template of the most lines, whatever the window', () => {
    const { pattern, index, state } = heard(
      'lost the connection to the database',
      'lost connection to database',
      'lost connection to database',
    );
    const { topic } = pattern;
    expect(listTemplates(topic, index).map(({ count }) => count)).to.deep.equal([2, 1]);
    const facts = listFacts(topic, index, state.group, 60_000);
    expect(facts).to.deep.include({ label: 'lost connection to database', templates: 2, total: 3, group_id: 'g' });
    expect(facts.exemplars.map(({ timestamp }) => timestamp)).to.deep.equal(facts.exemplars.map(({ timestamp }) => timestamp).toSorted());
  });

  it('without a template that is left is told by what it was', () => {
    const { pattern, index } = heard('disk full');
    const topic = { ...pattern.topic, templates: ['gone'] };
    expect(listFacts(topic, index, 'g', 0)).to.deep.include({ label: topic.text, templates: 1, exemplars: [], slots: [] });
  });
});
