import { expect } from 'chai';
import fc from 'fast-check';
import { bitTerms } from '../../src/views/explain/bitTerms.ts';
import { radarLines } from '../../src/views/radar/radarLines.ts';
import type { RadarStatus } from '../../src/views/radar/radarStatus.ts';
import { summary } from '../../src/views/summary/summary.ts';
import { cutRadar } from '../../src/views/radar/cutRadar.ts';
import type { RunSummary } from '../../src/views/summary/runSummary.ts';
import { episode, failure, radarOfAll, radarOfGroup, runSummary, sampleBlip } from '../support/viewSamples.ts';

const view = { columns: 96, color: false, ascii: false, timeZone: 'UTC' };
const end = Date.parse(radarOfGroup.end);
const secondLine = (status: RadarStatus, radar = radarOfGroup) => radarLines({ radar, status }, view)[1];

describe('the second line of a radar', () => {
  it('says that what is shown is old', () => {
    expect(secondLine({ stale: { forMs: 860_000, usualGapMs: 2_000, asOf: end - 20_000 } })).to.equal(
      'STALE  no events for 14m 20s, usual gap 2s.  Below: as of 09:59:40Z.',
    );
    expect(secondLine({ stale: { forMs: 860_000, usualGapMs: null, asOf: end - 86_400_000 } })).to.equal(
      'STALE  no events for 14m 20s.  Below: as of 2026-05-03.',
    );
  });
  it('says so too of a radar in whose window nothing came', () => {
    const stale = { as_of: new Date(end - 860_000).toISOString(), usual_gap_ms: 2_000 };
    expect(secondLine({}, { ...radarOfGroup, events: 0, stale })).to.equal(
      'STALE  no events for 14m 20s, usual gap 2s.  Below: as of 09:45:40Z.',
    );
  });
  it('says what is still being learned, and until when', () => {
    const learning = { learned_ms: 11_400_000, warmup_ms: 86_400_000 };
    expect(secondLine({}, { ...radarOfGroup, learning })).to.equal(
      "LEARNING  3h 10m of 24h.  'new' is shown but does not fire until 2026-05-05 06:50Z.",
    );
    expect(secondLine({}, { ...radarOfGroup, learning: { ...learning, learned_ms: 86_400_000 } })).to.match(/^2,489 events/);
  });
  it('says that the run cannot keep up', () => {
    expect(secondLine({ behind: { ms: 690_000, growing: true, kept: '1 in 20 known lines stored, every rare one' } })).to.equal(
      'BEHIND  11m 30s and growing.  All lines counted; 1 in 20 known lines stored, every rare one.',
    );
  });
});

describe('a radar cut to its top', () => {
  it('counts what it leaves out with the rest', () => {
    const cut = cutRadar(radarOfGroup, 2);
    expect(cut.blips).to.have.length(2);
    expect(cut.rest).to.deep.equal({ patterns: 7, events: 1_243, states: { gone: 1, steady: 5, falling: 1 } });
    expect(cutRadar(radarOfGroup, 4)).to.equal(radarOfGroup);
  });
  it('says that there is nothing to show', () => {
    expect(radarLines({ radar: { ...radarOfGroup, blips: [], rest: { patterns: 0, events: 0, states: {} } } }, view)).to.include(
      'Nothing to show in this window.',
    );
  });
  it('does not repeat below what an episode has told', () => {
    const lines = radarLines({ radar: radarOfAll, findings: [episode] }, view).join('\n');
    expect(lines.split('k7f2  app:orders').length - 1).to.equal(1);
    expect(lines.split('Payment gateway').length - 1).to.equal(1);
  });
});

describe('the terms of a score', () => {
  const amount = fc.double({ min: 0, max: 40, noNaN: true });
  it('add up as they are shown (property)', () => {
    fc.assert(
      fc.property(amount, amount, amount, amount, amount, (surprise, burst, novelty, severity, together) => {
        const bits = { surprise, burst, novelty, severity, together, total: 0 };
        const { terms, sum } = bitTerms(sampleBlip({ bits }), (id) => id);
        const shown = terms.filter(({ added }) => added).reduce((all, term) => all + Math.round(term.bits * 10), 0);
        expect(shown).to.equal(Math.round(sum * 10));
        expect(Math.abs(sum - (Math.max(surprise, burst) + novelty + severity + together))).to.be.below(0.051);
        for (const term of terms) expect(Math.abs(term.bits - bits[term.name as 'burst'])).to.be.below(0.11);
      }),
    );
  });
  it('say what they were counted from', () => {
    const { terms } = bitTerms(failure, (id) => id.slice(0, 4));
    expect(terms.map(({ words, note }) => [words, note])).to.deep.equal([
      ['42 seen, 0.02 expected', 'not added'],
      ['19 in one minute, 0.004 expected', 'larger of two'],
      ['first ever; group makes 0.4 new a day', ''],
      ['ERROR; "refused"', ''],
      ['m3qd, p9xa in this window', ''],
    ]);
  });
});

describe('the summary of a run', () => {
  it('says so when a record is in none of the sums', () => {
    const lines = summary({ ...runSummary, analysed: runSummary.analysed - 3 }, view);
    expect(lines.find((line) => line.includes('BALANCED'))).to.equal('  UNBALANCED     120,099 + 388 + 11 + 17 + 0 = 120,515, 3 missing');
  });
  it('names kinds of reasons, not every wording', () => {
    const wordings = [1, 2, 3].map((column) => ({ reason: `broken JSON at column ${column}: unexpected "x${column}"`, count: 4 }));
    const long = [{ reason: 'line of 2000000 bytes is longer than the limit of 1048576 bytes', count: 1 }];
    const lines = (rejected_reasons: RunSummary['rejected_reasons']) =>
      summary({ ...runSummary, rejected_reasons }, view).find((line) => line.includes('rejected ls'))!;
    expect(lines([...wordings, { reason: 'no time', count: 5 }])).to.match(/ 12 broken JSON, 5 no time +caducus rejected ls$/);
    expect(lines([...wordings, ...long])).to.match(/ 12 broken JSON, … +caducus rejected ls$/);
    expect(lines(long)).to.match(/ 1 line of <n> bytes is longer than the limit… +caducus rejected ls$/);
  });
  it('has no rows for what was not there', () => {
    const lines = summary({ ...runSummary, first: null, last: null, sources: [], sinks: [], state: undefined, disk: undefined }, view).join(
      '\n',
    );
    expect(lines)
      .to.include('no records')
      .and.not.match(/source|sink|state|disk/);
  });
});
