import { expect } from 'chai';
import { contextMarkdown, nearMarkdown, pastMarkdown } from '../../../src/views/markdown/contextMarkdown.ts';
import { contextResult } from '../../support/views/viewSamples.ts';

const view = { columns: 96, color: false, ascii: false, timeZone: 'UTC' };

describe('contextMarkdown', () => {
  it('has what is near, when it came, what moved beside it and what was like it', () => {
    const text = contextMarkdown(contextResult, view).join('\n');
    for (const part of [
      '**CONTEXT** `gateway timeout`',
      '| 0.91 | `k7f2` | new |',
      '| before |',
      '| after |',
      '| `e4aa` | 2026-02-11 04:20Z | 41m |',
      'No LLM was asked.',
    ])
      expect(text).to.contain(part);
  });

  it('says so when nothing is near, and leaves out what is not known', () => {
    const text = contextMarkdown({ query: 'x', as_of: contextResult.as_of, searched: contextResult.searched, nearest: [] }, view).join(
      '\n',
    );
    expect(text).to.contain('Nothing near').and.not.to.contain('|');
    expect(nearMarkdown(contextResult, (id) => id)[0]).to.equal('| same minutes | id |  |');
    expect(pastMarkdown({ ...contextResult, past_episodes: [], usually_before: [] }, (id) => id, view)).to.deep.equal([]);
  });
});
