import { expect } from 'chai';
import { judgeSeries, nabCounts, type NabProfile, nabProfiles, nabScore, probationLength } from '../../../bench/support/nabScore.ts';

/** 100 rows, of which 15 are probation; one window of ten rows, 40 to 49. */
const truth = { rows: 100, windows: [[40, 49]] as const };
const score = (detections: number[], profile: NabProfile = nabProfiles.standard) => nabScore([judgeSeries(truth, detections)], profile);
/** The benchmark's sigmoid, written out. */
const sigmoid = (y: number) => 2 / (1 + Math.exp(5 * y)) - 1;

describe('nabScore', () => {
  it('leaves the first 15 % of the rows out, at most 750', () => {
    expect([probationLength(100), probationLength(1127), probationLength(4032), probationLength(15_902)]).to.deep.equal([
      15, 169, 604, 750,
    ]);
    expect(score([0, 7, 14])).to.equal(0);
    expect(score([15])).to.be.below(0);
  });

  it('gives 0 to silence and 100 to a detection at the left edge', () => {
    expect(score([])).to.equal(0);
    expect(score([40])).to.equal(100);
  });

  it('pays less the later a window is hit, and once only', () => {
    const value = sigmoid(-5 / 10) / sigmoid(-1);
    expect(score([45])).to.be.closeTo((100 * (value + 1)) / 2, 1e-9);
    expect(score([45, 46, 49])).to.equal(score([45]));
    expect(score([49])).to.be.above(50);
  });

  it('charges a false alarm in full before any window, and by its distance behind one', () => {
    expect(score([20])).to.be.closeTo((100 * -0.11) / 2, 1e-9);
    expect(score([52])).to.be.closeTo((100 * 0.11 * sigmoid(3 / 9)) / 2, 1e-9);
    expect(score([90])).to.be.closeTo((100 * -0.11) / 2, 1e-9);
  });

  it('weighs false alarms and misses by profile', () => {
    expect(score([20], nabProfiles.lowFP)).to.be.closeTo((100 * -0.22) / 2, 1e-9);
    expect(score([20], nabProfiles.lowFN)).to.be.closeTo((100 * -0.11) / 3, 1e-9);
  });

  it('keeps a window hidden in probation in the perfect score but charges no miss for it', () => {
    const hidden = {
      rows: 100,
      windows: [
        [2, 9],
        [40, 49],
      ] as const,
    };
    const judgement = judgeSeries(hidden, [40]);
    expect(judgement).to.deep.include({ windows: [1], labelled: 2 });
    expect(nabScore([judgement], nabProfiles.standard)).to.be.closeTo((100 * 2) / 3, 1e-9);
  });

  it('sums series before it scales, and counts hits, misses and false alarms', () => {
    const quiet = judgeSeries({ rows: 100, windows: [] }, [50, 60]);
    const hit = judgeSeries(truth, [40]);
    const missed = judgeSeries(truth, []);
    expect(nabCounts([quiet, hit, missed])).to.deep.equal({ hits: 1, misses: 1, falseAlarms: 2 });
    expect(nabScore([quiet, hit, missed], nabProfiles.standard)).to.be.closeTo((100 * (2 - 0.22)) / 4, 1e-9);
  });
});
