import { expect } from 'chai';
import { explain } from '../../../src/views/explain/explain.ts';
import { failure } from '../../support/views/viewSamples.ts';
import { describePage } from '../../support/views/describePage.ts';
import { plainView } from '../../support/views/plainView.ts';

describePage('explain', (view) =>
  explain(
    {
      blip: failure,
      history: { memory_ms: 12 * 86_400_000 },
      templates: [{ text: 'Payment gateway <host> refused <id>: timeout after <n> ms', count: 42 }],
    },
    view,
  ),
);

describePage('explainNotes', (view) =>
  explain(
    {
      blip: {
        ...failure,
        trend: [0, 0, 0, 0, 0, 0, 0, 42, 0, 0, 0, 0],
      },
      notes: [
        { type: 'ack', who: 'ana', at: '2026-05-04T10:01:00Z' },
        { type: 'note', who: 'ana', at: '2026-05-03T10:04:00Z', text: 'gateway restarted', link: 'https://tracker.example/INC-1042' },
      ],
    },
    view,
  ),
);

describe('explain where there is no screen', () => {
  it('cuts nothing, and its bars begin below each other', () => {
    const label = 'Payment gateway pay-3 refused an order whose name is longer than any screen is wide, since it goes on and on';
    const why = { ...failure.why, severity_word: 'a word that no log would hold, since it is as long as a sentence' };
    const lines = explain({ blip: { ...failure, label, why } }, { ...plainView, uncut: true });
    expect(lines.join('\n')).to.contain(label).and.to.contain('as long as a sentence').and.not.to.contain('…');
    const bars = lines.filter((text) => /^ {2}(surprise|burst|novelty|severity)/.test(text)).map((text) => text.search(/[█▏▎▍▌▋▊▉]/));
    expect(new Set(bars).size).to.equal(1);
  });
});
