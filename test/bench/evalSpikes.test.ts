import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { createAdaptive } from '../../src/safeguards/adaptiveDetector.ts';
import { readNabCorpus } from '../../bench/support/data/nabCorpus.ts';
import { judgeSeries, nabProfiles, nabScore } from '../../bench/support/nabScore.ts';
import { runSeries } from '../../bench/support/nabRun.ts';

const folder = new URL('../../../shared/data/nab', import.meta.url).pathname;

describe('eval:spikes', () => {
  it('reaches 77 on the standard profile with the defaults, where the benchmark is at hand', function () {
    if (!existsSync(folder)) this.skip();
    this.timeout(60_000);
    const detector = createAdaptive();
    const judgements = readNabCorpus(folder).map((series) => {
      const state = detector.start();
      return judgeSeries(series, runSeries(series, (time, value) => detector.score(state, time, value)).detections);
    });
    expect(nabScore(judgements, nabProfiles.standard)).to.be.at.least(77);
  });
});
