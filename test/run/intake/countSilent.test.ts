import { expect } from 'chai';
import { countSilent } from '../../../src/run/intake/countSilent.ts';
import { stdin } from '../../../src/sources/stdin.ts';
import { file } from '../../../src/sources/file.ts';

const minute = 60_000;
/** A source with a record every so many seconds for an hour, of which something was heard so long ago. */
const source = (every: number, ago: number, more: object = {}) => ({
  node: { id: 'a', source: stdin, options: stdin.spec.options.parse({ format: 'lines' }) },
  report: { id: 'a', read: 0, accepted: 3600 / every, rejected: 0, duplicate: 0 },
  first: 0,
  last: 60 * minute,
  lastAt: -ago * 1000,
  hasEnded: false,
  ...more,
});
const silent = (...sources: Parameters<typeof countSilent>[0]) => countSilent(sources, 0).silent;

describe('sources that are silent', () => {
  it('are those that nothing comes from although something usually does', () => {
    expect([silent(source(1, 30)), silent(source(1, 90)), silent(source(10, 90)), silent(source(10, 300))]).to.deep.equal([0, 1, 0, 1]);
  });

  it('are none that speak rarely, that have ended, or that never spoke', () => {
    expect(silent(source(600, 3600), source(1, 90, { hasEnded: true }), source(1, 90, { first: null, last: null }))).to.equal(0);
  });

  it('are counted among the live ones only', () => {
    const finite = { ...source(1, 90), node: { id: 'f', source: file, options: file.spec.options.parse({ path: 'x' }) } };
    expect(countSilent([source(1, 90), source(1, 1), finite], 0)).to.deep.equal({ sources: 2, silent: 1 });
  });
});
