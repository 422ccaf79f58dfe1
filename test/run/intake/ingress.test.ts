import { expect } from 'chai';
import { Ingress } from '../../../src/run/intake/ingress.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { RecentIds } from '../../../src/run/intake/recentIds.ts';
import { imbalances } from '../../../src/run/report.ts';
import { Run } from '../../../src/run/run.ts';
import type { RejectedSignal } from '../../../src/signal.ts';
import { eventAt, fakeRegistry } from '../../support/fakes.ts';
import { testIo } from '../../support/testIo.ts';

const open = { redact: ['secrets'] as const, maxFutureSkew: 1000, redelivers: true };

describe('Ingress', () => {
  it('lets the same id in once where a source can redeliver, over a restart too', () => {
    const door = new Ingress(open);
    expect(door.admit(eventAt(1), 1)).to.not.equal(null);
    expect(door.admit(eventAt(1), 1)).to.equal(null);
    const after = new Ingress(open, JSON.parse(JSON.stringify(door.save())) as string[]);
    expect([after.admit(eventAt(1), 1), after.admit(eventAt(2), 1)?.kind]).to.deep.equal([null, 'event']);
  });

  it('takes equal ids for two records where a source gives each but once', () => {
    const door = new Ingress({ ...open, redelivers: false });
    expect([door.admit(eventAt(1), 1)?.kind, door.admit(eventAt(1), 1)?.kind, door.save()]).to.deep.equal(['event', 'event', undefined]);
  });

  it('rejects what is dated too far ahead of its arrival, with the redacted record as its original', () => {
    const rejected = new Ingress(open).admit(eventAt(5000, 'password=hunter2'), 3999) as RejectedSignal;
    expect(rejected.rejected.reason).to.equal('dated too far ahead of its arrival (max_future_skew)');
    expect(rejected.time).to.equal(3999);
    expect(JSON.parse(rejected.rejected.original)).to.have.property('text', 'password=[redacted:secret]');
    expect(new Ingress(open).admit(eventAt(5000), 4000)?.kind).to.equal('event');
    expect(new Ingress({ ...open, maxFutureSkew: null }).admit(eventAt(5000), 0)?.kind).to.equal('event');
  });

  it('says what it masked, or nothing', () => {
    const door = new Ingress(open);
    expect(door.redacted).to.equal(undefined);
    door.admit(eventAt(1, 'password=hunter2'), 1);
    // In its text and in its id.
    expect(door.redacted).to.deep.equal({ secrets: 2, emails: 0, ips: 0 });
  });

  it('masks nothing when nothing is to be masked', () => {
    expect(new Ingress({ ...open, redact: [] }).admit(eventAt(1, 'password=hunter2'), 1)).to.have.nested.property(
      'event.text',
      'password=hunter2',
    );
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

describe('a run', () => {
  it('counts what is redelivered as duplicate, what comes from the future as rejected, and masks the rest; nothing is missing', async () => {
    const { registry, written } = fakeRegistry({
      a: [
        [eventAt(1), eventAt(2)],
        [eventAt(2), eventAt(3, 'password=hunter2'), eventAt(Date.UTC(2030, 0, 1))],
      ],
    });
    const source = registry.sources[0]!;
    const again = { ...source, spec: { ...source.spec, redelivers: true } };
    const text = 'name: p\nsources: { a: { fake: { live: true } } }\nsinks: { out: { keep: {} } }\n';
    const pipeline = loadPipeline('p.yaml', text, {
      registry: { ...registry, sources: [again as never] },
      variables: { env: {}, config: () => undefined },
    });
    const report = await new Run(pipeline, { io: testIo(), dataDir: '/nowhere' }).execute();
    expect(imbalances(report)).to.deep.equal([]);
    const [{ redacted, ...counts }] = report.sources as [(typeof report.sources)[0]];
    expect(counts).to.deep.equal({ id: 'a', read: 5, accepted: 3, rejected: 1, duplicate: 1 });
    expect(redacted?.secrets).to.equal(2);
    expect(JSON.stringify(written)).to.not.contain('hunter2');
    expect(report.rejected.map(({ reason }) => reason)).to.deep.equal(['dated too far ahead of its arrival (max_future_skew)']);
  });
});
