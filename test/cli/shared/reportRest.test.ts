import { expect } from 'chai';
import { reportRest } from '../../../src/cli/shared/reportRest.ts';
import type { RunReport } from '../../../src/run/report.ts';

const report = (changes: Partial<RunReport>): RunReport => ({
  pipeline: 'radar',
  reason: 'input ended',
  took: 1,
  first: 0,
  last: 1,
  sources: [],
  operators: [],
  sinks: [],
  late: 0,
  rejected: [],
  windows: 1,
  patterns: 1,
  newPatterns: 1,
  findings: 0,
  episodes: 0,
  ...changes,
});

describe('what is told beside a radar', () => {
  it('is nothing where all records were taken at the time they name', () => {
    expect(reportRest(report({ sources: [{ id: 'a', read: 5, accepted: 5, rejected: 0, duplicate: 0 }] }))).to.deep.equal([]);
  });

  it('is how many were rejected, with the three reasons that were most often', () => {
    const rejected = ['no time', 'no text', 'too long', 'torn'].map((reason, i) => ({ reason, count: 4 - i, example: `app.log:${i + 1}` }));
    expect(reportRest(report({ rejected }))).to.deep.equal([
      '10 rejected: 4 no time (app.log:1); 3 no text (app.log:2); 2 too long (app.log:3)',
    ]);
  });

  it('is how many stand at another time than they name, and why', () => {
    const sources = [{ id: 'a', read: 2000, accepted: 2000, rejected: 0, duplicate: 0, strays: 5, set_back: 1245, ahead: true as const }];
    const [strays, back, ahead, late] = reportRest(report({ sources, late: 7 }));
    expect(strays).to.match(/^Time: 5 of 2000 records have stamps beyond belief/);
    expect(back).to.match(/^Time: 1245 of 2000 records have stamps that step back/);
    expect(ahead).to.match(/^Time: most stamps lie ahead of the clock/);
    expect(late).to.equal('Time: 7 records came after their window had closed; no count of it holds them.');
  });
});
