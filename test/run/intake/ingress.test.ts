import { expect } from 'chai';
import { Ingress } from '../../../src/run/intake/ingress.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { RecentIds } from '../../../src/run/intake/recentIds.ts';
import { imbalances } from '../../../src/run/report.ts';
import { Run } from '../../../src/run/run.ts';
import { eventAt, fakeRegistry } from '../../support/fakes.ts';
import { testIo } from '../../support/testIo.ts';

const open = { redact: ['secrets'] as const, redelivers: true };

describe('Ingress', () => {
  it('lets the same id in once where a source can redeliver, over a restart too', () => {
    const ingress = new Ingress(open);
    expect(ingress.admit(eventAt(1))).to.not.equal(null);
    expect(ingress.admit(eventAt(1))).to.equal(null);
    const after = new Ingress(open, JSON.parse(JSON.stringify(ingress.save())) as string[]);
    expect([after.admit(eventAt(1)), after.admit(eventAt(2))?.kind]).to.deep.equal([null, 'event']);
  });

  it('takes equal ids for two records where a source gives each but once', () => {
    const ingress = new Ingress({ ...open, redelivers: false });
    expect([ingress.admit(eventAt(1))?.kind, ingress.admit(eventAt(1))?.kind, ingress.save()]).to.deep.equal(['event', 'event', undefined]);
  });

  it('says what it masked, or nothing', () => {
    const ingress = new Ingress(open);
    expect(ingress.redacted).to.equal(undefined);
    ingress.admit(eventAt(1, 'password=hunter2'));
    // In its text and in its id.
    expect(ingress.redacted).to.deep.equal({ secrets: 2, emails: 0, ips: 0 });
  });

  it('rejects a record without a time: no window can hold it, and it would hold up all others', () => {
    const ingress = new Ingress(open);
    for (const time of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const record = ingress.admit({ ...eventAt(1, 'password=hunter2'), time });
      expect(record).to.have.nested.property('rejected.reason', 'event without a time');
      expect(record).to.have.nested.property('rejected.original').that.does.not.include('hunter2');
    }
  });

  it('masks nothing when nothing is to be masked', () => {
    expect(new Ingress({ ...open, redact: [] }).admit(eventAt(1, 'password=hunter2'))).to.have.nested.property(
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
  it('counts what is redelivered as duplicate, marks what comes from the future, and masks the rest; nothing is missing', async () => {
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
      registry: { ...registry, sources: [again] },
      variables: { env: {}, config: () => undefined },
    });
    const report = await new Run(pipeline, { io: testIo(), dataDir: '/nowhere' }).execute();
    expect(imbalances(report)).to.deep.equal([]);
    const [{ redacted, ...counts }] = report.sources as [(typeof report.sources)[0]];
    expect(counts).to.deep.equal({ id: 'a', read: 5, accepted: 4, rejected: 0, duplicate: 1, strays: 1 });
    expect(redacted?.secrets).to.equal(2);
    expect(JSON.stringify(written)).to.not.contain('hunter2');
  });
});
