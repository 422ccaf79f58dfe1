import { expect } from 'chai';
import fc from 'fast-check';
import { Expectations, type Expectation } from '../../src/findings/expectations.ts';
import type { Json } from '../../src/event.ts';

const minute = 60_000;
const start = Date.UTC(2026, 2, 14);
const app: Expectation = { name: 'app', source: 'app', title: 'app sends nothing', within: 5 * minute, severity: 'critical' };

describe('Expectations', () => {
  it('find what has stayed away for too long, once, since it was heard of last, and its end', () => {
    const all = new Expectations([app]);
    const told: string[] = [];
    for (let at = 1; at <= 12; at += 1) {
      const heard = new Set(at === 2 || at === 10 ? ['app'] : []);
      for (const { state, since, updated, severity } of all.look(start + at * minute, minute, heard))
        told.push(`${at}: ${severity} ${state} ${since.slice(11, 16)}-${updated.slice(11, 16)}`);
    }
    expect(told).to.deep.equal(['7: critical firing 00:02-00:07', '10: critical resolved 00:02-00:10']);
  });

  it('keep an open finding over a restart under its id, and do not count the time in between', () => {
    const before = new Expectations([app]);
    const [firing] = before.look(start + 5 * minute, 5 * minute, new Set());
    const after = new Expectations([app], JSON.parse(JSON.stringify(before.save())) as Json);
    expect(after.look(start + 60 * minute, minute, new Set())).to.deep.equal([]);
    expect(after.missing).to.deep.equal([{ source: 'app', title: 'app sends nothing', since: start }]);
    const [resolved] = after.look(start + 61 * minute, minute, new Set(['app']));
    expect(resolved).to.deep.include({ id: firing!.id, state: 'resolved', since: firing!.since });
    expect(new Expectations([app], null).look(start, 4 * minute, new Set())).to.deep.equal([]);
  });

  it('expect nothing more of what is over', () => {
    const all = new Expectations([app]);
    expect(all.look(start, 60 * minute, new Set(), new Set(['app']))).to.deep.equal([]);
  });

  it('open and end in turns, each id once, whatever is heard of when', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (heard) => {
        const all = new Expectations([app]);
        const found = heard.flatMap((is, at) => all.look(start + at * minute, minute, new Set(is ? ['app'] : [])));
        found.forEach(({ state }, at) => expect(state).to.equal(at % 2 === 0 ? 'firing' : 'resolved'));
        const ids = found.filter(({ state }) => state === 'firing').map(({ id }) => id);
        expect(new Set(ids).size).to.equal(ids.length);
      }),
    );
  });
});
