import { expect } from 'chai';
import { findingMarkdown } from '../../../src/views/markdown/findingMarkdown.ts';
import { episode, spike } from '../../support/views/viewSamples.ts';

const view = { columns: 96, color: true, ascii: false, timeZone: 'UTC' };

describe('findingMarkdown', () => {
  it('an episode is its tables', () => {
    const lines = findingMarkdown(episode, { notes: [] }, view);
    expect(lines[0]).to.match(/^\*\*EPISODE\*\* `e7c1`/);
    expect(lines.at(-1)).to.equal('`caducus explain e7c1`');
  });

  it('any other is its page in a fence, without colours', () => {
    const lines = findingMarkdown({ ...spike, title: 'a ``` b' }, { notes: [] }, view);
    expect(lines[0]).to.equal('**FINDING** `a ˋˋˋ b`');
    expect(lines.filter((line) => line.startsWith('```'))).to.deep.equal(['```text', '```']);
    expect(lines.join('\n')).to.contain('FINDING').and.not.to.contain('\u001b').and.not.to.contain('a ```');
  });
});
