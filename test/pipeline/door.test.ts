import { expect } from 'chai';
import { Door } from '../../src/pipeline/door.ts';
import { RecentIds } from '../../src/pipeline/recentIds.ts';
import type { RejectedSignal } from '../../src/signal.ts';
import { eventAt } from '../support/fakes.ts';

const open = { redact: ['secrets'] as const, maxFutureSkew: 1000, redelivers: true };

describe('Door', () => {
  it('lets the same id in once where a source can redeliver, over a restart too', () => {
    const door = new Door(open);
    expect(door.admit(eventAt(1), 1)).to.not.equal(null);
    expect(door.admit(eventAt(1), 1)).to.equal(null);
    const after = new Door(open, JSON.parse(JSON.stringify(door.save())) as string[]);
    expect([after.admit(eventAt(1), 1), after.admit(eventAt(2), 1)?.kind]).to.deep.equal([null, 'event']);
  });

  it('takes equal ids for two records where a source gives each but once', () => {
    const door = new Door({ ...open, redelivers: false });
    expect([door.admit(eventAt(1), 1)?.kind, door.admit(eventAt(1), 1)?.kind, door.save()]).to.deep.equal(['event', 'event', undefined]);
  });

  it('rejects what is dated too far ahead of its arrival, with the redacted record as its original', () => {
    const rejected = new Door(open).admit(eventAt(5000, 'password=hunter2'), 3999) as RejectedSignal;
    expect(rejected.rejected.reason).to.equal('dated too far ahead of its arrival (max_future_skew)');
    expect(rejected.time).to.equal(3999);
    expect(JSON.parse(rejected.rejected.original)).to.have.property('text', 'password=[redacted:secret]');
    expect(new Door(open).admit(eventAt(5000), 4000)?.kind).to.equal('event');
    expect(new Door({ ...open, maxFutureSkew: null }).admit(eventAt(5000), 0)?.kind).to.equal('event');
  });

  it('says what it masked, or nothing', () => {
    const door = new Door(open);
    expect(door.redacted).to.equal(undefined);
    door.admit(eventAt(1, 'password=hunter2'), 1);
    // In its text and in its id.
    expect(door.redacted).to.deep.equal({ secrets: 2, emails: 0, ips: 0 });
  });

  it('masks nothing when nothing is to be masked', () => {
    expect(new Door({ ...open, redact: [] }).admit(eventAt(1, 'password=hunter2'), 1)).to.have.nested.property('event.text', 'password=hunter2');
  });
});

describe('RecentIds', () => {
  it('forgets the oldest beyond a bound', () => {
    const ids = new RecentIds();
    for (let i = 0; i < 9000; i += 1) expect(ids.seen(`id-${i}`)).to.equal(false);
    expect(ids.save()).to.have.length(8192);
    expect([ids.seen('id-8999'), ids.seen('id-0')]).to.deep.equal([true, false]);
  });
});
