import { expect } from 'chai';
import { writeComparison } from '../../../src/findings/incidents/comparison.ts';
import type { SharedValue } from '../../../src/results/episodeResult.ts';
import { episode } from '../../support/views/viewSamples.ts';

const write = (...common: SharedValue[]) =>
  writeComparison({ since: '2026-03-14T03:05:32.000Z', result: { ...episode.result, in_common: common } });

describe('the command that holds an episode against what is usual', () => {
  const version = { value: 'v412', in: 25, of: 25, field: 'version', usual: 0.1, others: 'v411' };

  it('compares the value that all of it has with the one that most other lines have', () => {
    expect(write({ value: 'dn2', in: 5, of: 5 }, version)).to.equal('caducus diff --by version v411 v412');
  });

  it('compares its time with the hour before it where there is no such value', () => {
    const byTime = 'caducus diff --by time 2026-03-14T02:05Z..2026-03-14T03:05Z 2026-03-14T03:05Z..';
    expect(write()).to.equal(byTime);
    expect(write({ value: 'dn2', in: 5, of: 5 }, { ...version, others: undefined })).to.equal(byTime);
  });

  it('quotes what a shell would take for more', () => {
    expect(write({ ...version, value: "v4; rm -rf '~'", others: '$(id)' })).to.equal(
      "caducus diff --by version '$(id)' 'v4; rm -rf '\\''~'\\'''",
    );
  });
});
