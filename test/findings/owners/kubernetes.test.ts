import { expect } from 'chai';
import { findEntry } from '../../../src/findings/owners/findEntry.ts';
import { readKubernetes } from '../../../src/findings/owners/kubernetes.ts';

describe('a list of objects of Kubernetes', () => {
  it('gives an entry for each object that has a name', () => {
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          kind: 'Deployment',
          metadata: {
            name: 'orders-v2',
            namespace: 'shop',
            labels: { 'app.kubernetes.io/name': 'orders', 'example.com/team': 'shop' },
            annotations: { 'example.com/runbook-url': 'https://wiki.example/orders', 'example.com/slack-channel': 'C1' },
          },
        },
        { kind: 'Deployment', metadata: { name: 'cart' } },
        { kind: 'Deployment' },
      ],
    };
    const entries = readKubernetes(list);
    expect(entries.map(({ name, team, channel, runbook, labels }) => [name, team, channel, runbook, labels['namespace']])).to.deep.equal([
      ['orders', 'shop', 'C1', 'https://wiki.example/orders', 'shop'],
      ['cart', undefined, undefined, undefined, undefined],
    ]);
    expect(findEntry(entries, 'k8s:orders')?.team).to.equal('shop');
  });

  it('takes the key of a label before that of an annotation, and no empty ones', () => {
    const at = (metadata: object) => readKubernetes({ kind: 'Service', metadata: { name: 'a', ...metadata } })[0];
    expect(at({ labels: { team: 'one' }, annotations: { team: 'two' } })?.team).to.equal('one');
    expect(at({ labels: { team: '' }, annotations: { owner: 'two' } })?.team).to.equal('two');
    expect(at({ labels: ['x'], annotations: null })).to.deep.include({ name: 'a', labels: {} });
  });
});
