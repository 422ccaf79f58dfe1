import { expect } from 'chai';
import type { JsonObject } from '../../../src/event.ts';
import { pickFields } from '../../../src/formats/json/jsonRecord.ts';

const component = (record: JsonObject) => pickFields({ message: 'x', ...record }, {}).roles.component;
const pod = 'cart-7f9c6d5b8-x2x4z';

describe('what a record of Kubernetes is called', () => {
  it('is its namespace and what the pod runs, however a collector writes them', () => {
    for (const record of [
      { kubernetes: { namespace_name: 'shop', pod_name: pod, container_name: 'web' } },
      { kubernetes: { namespace: 'shop', pod: { name: pod }, container: { name: 'web' } } },
      { kubernetes: { pod_namespace: 'shop', pod_name: pod, container_name: 'web' } },
      { 'k8s.namespace.name': 'shop', 'k8s.pod.name': pod, 'k8s.container.name': 'web' },
      { kubernetes: { namespace_name: 'shop', container_name: 'cart' } },
    ] as JsonObject[])
      expect(component(record), JSON.stringify(record)).to.equal('shop/cart');
  });

  it('is the service where the record names one', () => {
    expect(component({ service: 'checkout', kubernetes: { namespace_name: 'shop', pod_name: pod } })).to.equal('checkout');
  });

  it('is what the pod runs where no namespace is known, and the container outside of Kubernetes', () => {
    expect(component({ pod_name: pod })).to.equal('cart');
    expect(component({ container_name: '/web' })).to.equal('web');
  });
});
