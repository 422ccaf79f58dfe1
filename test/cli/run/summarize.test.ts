import { expect } from 'chai';
import { summarize } from '../../../src/cli/run/summarize.ts';
import { rejectedLogId } from '../../../src/run/modes/withRejectedLog.ts';
import type { RunReport } from '../../../src/run/report.ts';

type Source = RunReport['sources'][number];
type Sink = RunReport['sinks'][number];

const source = (parts: Partial<Source> = {}): Source => ({
  id: 'in',
  read: 0,
  accepted: 0,
  rejected: 0,
  duplicate: 0,
  redacted: { secrets: 0, emails: 0, ips: 0 },
  ...parts,
});
const sink = (parts: Partial<Sink> = {}): Sink => ({
  id: 'out',
  from: [],
  offered: 0,
  written: 0,
  filtered: 0,
  failed: 0,
  held: 0,
  note: '',
  figures: {},
  ...parts,
});
const report = (parts: Partial<RunReport> = {}): RunReport => ({
  pipeline: 'p',
  reason: 'input ended',
  took: 2000,
  first: 0,
  last: 1000,
  late: 0,
  rejected: [],
  windows: 0,
  patterns: 0,
  newPatterns: 0,
  findings: 0,
  episodes: 0,
  sources: [],
  operators: [],
  sinks: [],
  ...parts,
});
const note = (parts: Partial<Source>) => summarize(report({ sources: [source(parts)] })).sources[0]!.note;

describe('the summary of a run', () => {
  it('accounts for every record that was received', () => {
    const summary = summarize(
      report({
        late: 2,
        // One was rejected at ingress, two by an operator that had been given them.
        rejected: [
          { reason: 'a', count: 1, example: '' },
          { reason: 'b', count: 2, example: '' },
        ],
        sources: [source({ read: 20, accepted: 12, rejected: 1, duplicate: 3, filtered: 2 })],
      }),
    );
    expect(summary).to.include({ received: 20, analysed: 8, late: 2, rejected: 3, duplicate: 3, filtered: 2, held: 2 });
    const { received, analysed, late, rejected, duplicate, filtered = 0, held } = summary;
    expect(analysed + late + rejected + duplicate + filtered + held!).to.equal(received);
  });

  it('sums its sources, and says nothing of a filter where nothing was filtered', () => {
    const summary = summarize(report({ sources: [source({ read: 5, accepted: 5 }), source({ id: 'b', read: 7, accepted: 7 })] }));
    expect(summary).to.include({ received: 12, analysed: 12, events_per_second: 6 }).and.not.have.property('filtered');
  });

  it('has no rate of a run that took no time, and no times of one without records', () => {
    const summary = summarize(report({ took: 0, first: null, last: null, sources: [source({ read: 5, accepted: 5 })] }));
    expect(summary).to.include({ events_per_second: 0, first: null, last: null });
    expect(summarize(report())).to.include({ first: '1970-01-01T00:00:00.000Z', last: '1970-01-01T00:00:01.000Z' });
  });

  for (const [parts, is] of [
    [{}, undefined],
    [{ disordered: 1200 }, '1,200 out of order'],
    [{ left_out: 3 }, '3 more that the sender left out'],
    [{ redacted: { secrets: 3, emails: 0, ips: 1 } }, '3 secrets, 1 IP address redacted'],
    [{ redacted: { secrets: 1, emails: 2, ips: 0 } }, '1 secret, 2 e-mail addresses redacted'],
    [{ disordered: 2, left_out: 1 }, '2 out of order, 1 more that the sender left out'],
  ] as const) {
    it(`notes of a source: ${is ?? 'nothing'}`, () => {
      expect(note(parts)).to.equal(is);
    });
  }

  it('names the sinks that take what came late, and only those that take nothing else', () => {
    const late = (...sinks: Partial<Sink>[]) => summarize(report({ sinks: sinks.map(sink) })).late_to;
    expect(late({ id: 'a', from: ['memory.late'] }, { id: 'b', from: ['x.late', 'y.late'] })).to.equal('sink a, sink b');
    expect(late({ from: ['memory.late', 'memory'] }, { from: [] })).to.equal(undefined);
  });

  it('leaves out the log of rejected records, and counts the tries of a sink that has any', () => {
    const { sinks } = summarize(
      report({ sinks: [sink({ id: rejectedLogId }), sink({ written: 4, figures: { retried: 2 } }), sink({ id: 'b', note: 'n' })] }),
    );
    expect(sinks).to.deep.equal([
      { id: 'out', written: 4, retried: 2, failed: 0, note: undefined },
      { id: 'b', written: 0, retried: 0, failed: 0, note: 'n' },
    ]);
  });

  it('says how full the store is, of the first sink that keeps one', () => {
    expect(summarize(report({ sinks: [sink()] }))).to.not.have.property('disk');
    const figures = { bytes: 5, limit_bytes: 10, oldest: '2026-03-14', full_in_ms: null };
    const { disk } = summarize(report({ sinks: [sink(), sink({ id: 's', figures }), sink({ id: 't', figures: { limit_bytes: 1 } })] }));
    expect(disk).to.deep.equal({ used_bytes: 5, limit_bytes: 10, oldest: '2026-03-14', full_in_ms: null });
  });
});
