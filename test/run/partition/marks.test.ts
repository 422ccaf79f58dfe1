import { expect } from 'chai';
import { marked, Marks } from '../../../src/run/partition/marks.ts';
import { eventAt } from '../../support/fakes.ts';

describe('a mark', () => {
  const given = eventAt(1, 'disk full', 'a');

  it('stands for the same event, late or not, with a template or not', () => {
    const marks = new Marks();
    for (const more of [{}, { late: true }, { template_id: 't1' }, { template_id: 't2' }, { late: true, template_id: 't1' }]) {
      const mark = marks.of(given, { ...given, ...more })!;
      expect(JSON.stringify(marked(given, mark, marks.names))).to.equal(JSON.stringify({ ...given, ...more }));
    }
    expect(marks.of(given, given)).to.equal(0);
    expect(marked(given, 0, [])).to.equal(given);
    expect(marks.names).to.deep.equal(['t1', 't2']);
  });

  it('is none where more was changed than it can say', () => {
    const marks = new Marks();
    const others = [{ time: 2 }, { key: 'b' }, { event: { ...given.event } }, { late: false }, { more: 1 }, { kind: 'blip' }];
    for (const more of others) expect(marks.of(given, { ...given, ...more })).to.equal(null);
    expect(marks.of({ ...given, template_id: 't' } as typeof given, { ...given, template_id: 'u' } as typeof given)).to.equal(null);
  });
});
