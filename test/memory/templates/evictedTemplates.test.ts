import { expect } from 'chai';
import { EvictedTemplates } from '../../../src/memory/templates/evictedTemplates.ts';
import { signatureKey } from '../../../src/memory/templates/signature.ts';
import { foundTemplate, scanned } from '../../support/memory/templates.ts';

const revive = (evicted: EvictedTemplates, text: string) => {
  const scan = scanned(text);
  return evicted.revive(signatureKey(scan.hash, scan.length), scan)?.template.id ?? null;
};

describe('templates that were evicted', () => {
  it('come back under their name when their lines do, once, with nothing but their shape', () => {
    const evicted = new EvictedTemplates(8, 4);
    const template = foundTemplate('took 12 ms', 5);
    evicted.add(template);
    expect(revive(evicted, 'took 99 s')).to.equal(template.id);
    expect(revive(evicted, 'took 99 s')).to.equal(null);
    evicted.add(template);
    const scan = scanned('took 1 ms');
    expect(evicted.revive(signatureKey(scan.hash, scan.length), scan)!.template.count).to.equal(0);
  });

  it('are found by an open place as well', () => {
    const evicted = new EvictedTemplates(8, 4);
    const template = foundTemplate('user ann left');
    template.open(1, 4);
    evicted.add(template);
    expect(revive(evicted, 'user bob left')).to.equal(template.id);
  });

  it('are as many as may be, the newest, each once', () => {
    const evicted = new EvictedTemplates(2, 4);
    const [a, b, c] = ['disk full', 'cpu hot', 'fan off'].map((text) => foundTemplate(text));
    for (const template of [a!, b!, a!, c!]) evicted.add(template);
    expect(evicted.save().map(({ id }) => id)).to.deep.equal([a!.id, c!.id]);
    expect([revive(evicted, 'cpu hot'), revive(evicted, 'disk full')]).to.deep.equal([null, a!.id]);
  });

  it('are the same after a save and load', () => {
    const evicted = new EvictedTemplates(8, 4);
    evicted.add(foundTemplate('disk full'));
    evicted.add(foundTemplate('took 12 ms'));
    const loaded = new EvictedTemplates(8, 4);
    loaded.load(JSON.parse(JSON.stringify(evicted.save())) as ReturnType<EvictedTemplates['save']>);
    expect(loaded.save()).to.deep.equal(evicted.save());
    expect(revive(loaded, 'disk full')).to.be.a('string');
  });
});
