import { expect } from 'chai';
import { listRows } from '../../../src/views/live/liveRows.ts';
import { rowTable } from '../../../src/views/live/rowTable.ts';
import { sampleLook } from '../../support/live/look.ts';
import { sampleBlip } from '../../support/views/viewSamples.ts';

const heads = (columns: number, groups: readonly string[]) => {
  const look = sampleLook({
    findings: [],
    radar: { ...sampleLook().radar!, earlier: [], blips: groups.map((group, at) => sampleBlip({ topic_id: `id${at}x`, group_id: group })) },
  });
  return rowTable(listRows(look, '', 'score'), look, { columns, color: false, ascii: false, timeZone: 'UTC' })[0]!
    .trim()
    .split(/  +/);
};

describe('the columns of a live screen', () => {
  it('are fewer where there is less room: usual goes first, then the trend', () => {
    expect(heads(120, ['a'])).to.deep.equal(['score', 'level', 'state', 'count', 'usual', 'last 60m', 'id', 'pattern']);
    expect(heads(90, ['a']).join(' ')).to.match(/^(?!.*usual).*last 60m/);
    expect(heads(70, ['a']).join(' ')).to.match(/^(?!.*last).*pattern/);
  });

  it('name the group where there are several, and keep the trend where there is room for both', () => {
    expect(heads(120, ['a', 'b'])).to.include.members(['group', 'last 60m']);
    expect(heads(100, ['a', 'b']).join(' ')).to.match(/^(?!.*last).*group/);
  });
});
