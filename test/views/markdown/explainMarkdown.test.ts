import { expect } from 'chai';
import { bitTerms } from '../../../src/views/explain/bitTerms.ts';
import { explainMarkdown, answersMarkdown } from '../../../src/views/markdown/explainMarkdown.ts';
import { contextResult, failure } from '../../support/views/viewSamples.ts';

const view = { columns: 96, color: false, ascii: false, timeZone: 'UTC' };
const { terms, sum } = bitTerms(failure, (id) => id.slice(0, 4));
const facts = {
  blip: failure,
  why: { terms, bits: sum },
  history: { first: failure.first_seen, last: failure.last_seen, memory_ms: 34 * 86_400_000 },
  templates: [],
  notes: [
    {
      type: 'ack' as const,
      who: 'on`call',
      at: '2026-03-14T03:12:00.000Z',
      text: 'swapping\n```\ndisk',
      link: 'https://tracker.example/INC-1042',
    },
  ],
  context: contextResult,
};

describe('explainMarkdown', () => {
  it('the terms add up to the total, which gives the score', () => {
    const lines = explainMarkdown(facts, view);
    const row = lines.find((line) => line.startsWith('| **total**'))!;
    const [, added = '', total = ''] = /\| ([\d. +]+) \| \*\*([\d.]+)\*\*/.exec(row)!;
    expect(added.split(' + ').reduce((all, one) => all + Number(one), 0)).to.be.closeTo(Number(total), 1e-9);
    expect(row).to.contain(`= ${Math.round(failure.score)} |`);
  });

  it('lines of the log stand in a fence that they cannot end', () => {
    const exemplars = [{ event_id: 'x', timestamp: failure.first_seen, text: 'a\n```\n# b ``` c' }];
    const lines = explainMarkdown({ ...facts, blip: { ...failure, exemplars } }, view);
    const fences = lines.flatMap((line, i) => (line.startsWith('```') ? [i] : []));
    expect(fences).to.have.length(2);
    expect(lines[fences[0]! + 1]).to.contain('a\\nˋˋˋ\\n# b ˋˋˋ c');
  });

  it('what people said is code, their links are links', () => {
    expect(answersMarkdown(facts.notes, view).at(-1)).to.equal(
      '- 2026-03-14 03:12:00Z ack by `onˋcall`: `swapping\\nˋˋˋ\\ndisk`, <https://tracker.example/INC-1042>',
    );
    expect(answersMarkdown([], view)).to.deep.equal([]);
  });
});
