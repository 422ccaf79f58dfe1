import { expect } from 'chai';
import { Registry } from '../../../src/memory/templates/registry.ts';
import { signatureKey } from '../../../src/memory/templates/signature.ts';
import { defaultLimits } from '../../../src/memory/templates/limits.ts';
import { foundTemplate, foundTemplates, scanned } from '../../support/memory/templates.ts';

const limits = defaultLimits;
const keyOf = (text: string) => {
  const scan = scanned(text);
  return signatureKey(scan.hash, scan.length);
};

function settled(...lines: string[]) {
  const registry = new Registry(limits);
  const templates = foundTemplates(...lines);
  for (const template of templates) registry.settle(template, 7);
  return { registry, templates };
}

describe('the live templates of a group', () => {
  it('are found by their name and by their shape', () => {
    const { registry, templates } = settled('disk full', 'took 12 ms');
    expect(registry.get(templates[0]!.id)).to.equal(templates[0]);
    expect(registry.exactly(keyOf('took 99 s'))).to.equal(templates[1]);
    expect([registry.exactly(keyOf('cpu hot')), registry.get('nobody')]).to.deep.equal([undefined, undefined]);
  });

  it('become one where the evidence says so, under the name of the oldest', () => {
    const { registry, templates } = settled('user ann left', 'user bob left', 'user eve left');
    const [oldest, second, third] = templates;
    expect([...registry.live.keys()]).to.deep.equal([oldest!.id]);
    expect(registry.get(third!.id)).to.equal(oldest);
    expect(registry.lineage).to.deep.equal([
      { merged: 'template', from: second!.id, into: oldest!.id, at: 7 },
      { merged: 'template', from: third!.id, into: oldest!.id, at: 7 },
    ]);
    expect(registry.find(keyOf('user joe left'), scanned('user joe left'))!.template).to.equal(oldest);
  });

  it('take in a line whose names stand where values are known to', () => {
    const { registry, templates } = settled('load a.b by c.d', 'load e.f by g.h', 'load i.j by k.l');
    const line = foundTemplate('load m.n by o.p');
    expect(registry.findBySkeleton(keyOf('load m.n by o.p'), line)!.template).to.equal(templates[0]);
    expect(registry.findBySkeleton(1, foundTemplate('quite another thing'))).to.equal(null);
    expect(registry.saveRoutes().length).to.be.at.most(1);
  });

  it('hold so many bytes, none once they are gone', () => {
    const { registry, templates } = settled('disk full', 'took 12 ms');
    const full = registry.bytes;
    registry.remove(templates[0]!);
    expect(registry.bytes).to.be.within(1, full - 1);
    registry.remove(templates[1]!);
    expect([registry.bytes, registry.live.size]).to.deep.equal([0, 0]);
  });
});
