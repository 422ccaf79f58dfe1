import { explain } from '../../../src/views/explain/explain.ts';
import { failure } from '../../support/views/viewSamples.ts';
import { describePage } from '../../support/views/describePage.ts';

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
