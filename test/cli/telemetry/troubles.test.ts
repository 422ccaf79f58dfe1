import { expect } from 'chai';
import type { Trouble } from '../../../src/base/trouble.ts';
import { describeTroubles, lookForTroubles, readTroubles, startTroubles } from '../../../src/cli/telemetry/troubles.ts';
import type { RunReport } from '../../../src/run/report.ts';

const start = Date.UTC(2026, 2, 14, 3);
const second = 1000;

const reported = (source: Trouble | null, sink: Trouble | null): Pick<RunReport, 'sources' | 'sinks'> => ({
  sources: [{ id: 'queue', read: 0, accepted: 0, rejected: 0, duplicate: 0, ...(source && { trouble: source }) }],
  sinks: [
    {
      id: 'pager',
      from: [],
      offered: 0,
      written: 0,
      filtered: 0,
      failed: 0,
      held: 0,
      note: '',
      figures: {},
      ...(sink && { trouble: sink }),
    },
  ],
});

describe('troubles of sources and sinks', () => {
  it('begin when they have lasted for 10 s, and are said with place, since when and why', () => {
    const troubles = startTroubles();
    const trouble = { since: start, why: 'hooks.example.org: HTTP 503' };
    lookForTroubles(troubles, reported(null, trouble), start + 9 * second);
    expect(describeTroubles(troubles)).to.equal(null);
    lookForTroubles(troubles, reported({ since: start, why: 'throttled' }, trouble), start + 10 * second);
    expect(describeTroubles(troubles)).to.equal(
      'source queue has given nothing since 2026-03-14T03:00:00.000Z: throttled; sink pager has delivered nothing since 2026-03-14T03:00:00.000Z: hooks.example.org: HTTP 503',
    );
  });

  it('end once, with how long they took, and are counted as often as they come', () => {
    const troubles = startTroubles();
    for (const at of [0, 100]) {
      lookForTroubles(troubles, reported(null, { since: start + at * second, why: 'HTTP 503' }), start + (at + 20) * second);
      for (const later of [60, 62]) lookForTroubles(troubles, reported(null, null), start + (at + later) * second);
    }
    expect(describeTroubles(troubles)).to.equal(null);
    expect(readTroubles(troubles)).to.deep.equal([
      { kind: 'sink', component: 'pager', count: 2, what: 'delivers nothing since 2026-03-14T03:01:40.000Z: HTTP 503' },
      { kind: 'sink_back', component: 'pager', count: 2, what: 'works again after 1m' },
    ]);
  });
});
