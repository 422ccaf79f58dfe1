import { expect } from 'chai';
import { rowKey, rowsOn, startScreen } from '../../../src/views/live/screenState.ts';
import { sampleLook } from '../../support/live/look.ts';

describe('the state of a live screen', () => {
  it('tells the rows of one pattern apart', () => {
    const look = sampleLook({ open: { ...sampleLook().radar!, open: true } });
    const { rows } = rowsOn(startScreen(), look);
    expect(new Set(rows.map(rowKey)).size).to.equal(rows.length);
    expect(new Set(rows.map(({ id }) => id)).size).to.be.lessThan(rows.length);
    for (const [at, row] of rows.entries()) expect(rowsOn({ ...startScreen(), chosen: rowKey(row) }, look).at).to.equal(at);
  });

  it('has no row chosen where there is none', () => {
    expect(rowsOn(startScreen(), sampleLook({ findings: [], radar: null })).at).to.equal(-1);
  });
});
