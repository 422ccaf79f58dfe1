import { expect } from 'chai';
import { describeStanding, standingPage } from '../../../src/cli/engine/standingPage.ts';
import type { Standing } from '../../../src/engine/look/readStanding.ts';

const view = { columns: 160, uncut: true, color: false, ascii: false, timeZone: 'UTC' };
const at = Date.UTC(2026, 2, 13, 12);
const standing: Standing = {
  revision: { number: 1, made: '0123456789abcdef', release: '0.1.0', partitions: 1, at, by: 'a-1' },
  processes: [{ id: 'a-1', left: 14_000 }],
  waiting: [{ id: 'b-2', made: 'fedcba9876543210', release: '0.2.0', partitions: 4, left: 9_999.6 }],
  arrivals: 12_345,
  output: { folder: 'a-1', host: 'alpha', path: '/var/lib/caducus/state/p' },
  works: [
    { work: 'sequencer', owner: 'a-1', left: 14_000, behind: null, checkpoint: { n: 12_000, at: at + 1_000, fence: 777 } },
    { work: 'partition.0', owner: null, left: null, behind: 45, checkpoint: null },
    { work: 'read.a.b.3', owner: 'a-1', left: 14_000, behind: null, checkpoint: null },
  ],
};
const context = { pipeline: 'p', made: '0123456789abcdef', now: at + 6_000 };

describe('the page of how a pipeline stands on an engine', () => {
  it('shows owners, what is behind, the newest checkpoints, fences and leases', () => {
    const text = standingPage(standing, context, view).join('\n');
    expect(text).to.contain('ENGINE  p     running, 1 process');
    expect(text).to.match(/file +01234567, release 0\.1\.0, 1 parts, since/);
    expect(text).to.match(/output +on alpha, into \/var\/lib\/caducus\/state\/p/);
    expect(text).to.match(/sources +5s ago +12,000 +777 +14s +a-1/);
    expect(text).to.match(/a\.b part 3 +- +- +- +14s +a-1/);
    expect(text).to.match(/partition 0 +45 +- +- +- +- +nobody/);
    expect(text).to.match(/waiting +b-2, file fedcba98, release 0\.2\.0, 4 parts/);
    expect(text).not.to.contain('OTHER');
  });

  it('says where the file at hand is another one', () => {
    expect(standingPage(standing, { ...context, made: 'ffff' }, view).join('\n')).to.contain('OTHER      this file, release');
    expect(describeStanding(standing, { ...context, made: 'ffff' }).revision).to.include({ is_this_file: false });
  });

  it('says that nothing runs where no process is there, and nothing of a file that none has begun with', () => {
    const text = standingPage({ ...standing, processes: [], waiting: [], revision: null, output: null }, context, view).join('\n');
    expect(text).to.contain('p     stopped').and.to.contain('nothing is written yet').and.not.to.contain('release');
  });

  it('is one object for machines, with whole numbers of milliseconds and times in UTC', () => {
    const json = describeStanding({ ...standing, processes: [{ id: 'a-1', left: 13_999.6 }] }, context);
    expect(json).to.deep.include({ pipeline: 'p', state: 'running', arrivals: 12_345 });
    expect(json.revision).to.include({ at: '2026-03-13T12:00:00.000Z', is_this_file: true });
    expect(json.processes).to.deep.equal([{ id: 'a-1', works: 2, lease_left_ms: 14_000 }]);
    expect(json.waiting).to.deep.equal([
      { id: 'b-2', made: 'fedcba9876543210', release: '0.2.0', partitions: 4, is_this_file: false, lease_left_ms: 10_000 },
    ]);
    expect(json.works[1]).to.deep.equal({ work: 'partition.0', owner: null, lease_left_ms: null, behind: 45, checkpoint: null });
  });
});
