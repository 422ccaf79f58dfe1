import { expect } from 'chai';
import { readPodPath } from '../../../src/sources/file/podPath.ts';

const id = 'a1'.repeat(32);
const uid = '0f1e2d3c-1111-2222-3333-444455556666';

describe('a file of a pod', () => {
  for (const [path, group] of [
    [`/var/log/containers/orders-7c9b5d6f4-x2k4q_shop_app-${id}.log`, 'shop/orders'],
    [`/var/log/containers/kafka-0_data_kafka-${id}.log`, 'data/kafka'],
    [`/var/log/containers/backup-28384920-x2k4q_data_backup-${id}.log`, 'data/backup'],
    [`/var/log/containers/node-exporter-x2k4q_monitoring_exporter-${id}.log`, 'monitoring/node-exporter'],
    [`/host/var/log/pods/shop_orders-7c9b5d6f4-x2k4q_${uid}/app/0.log`, 'shop/orders'],
    [`/var/log/pods/shop_orders-7c9b5d6f4-x2k4q_${uid}/app/3.log.20260314-031000.gz`, 'shop/orders'],
    ['/var/log/pods/kube-system_etcd-node1_0123456789abcdef0123456789abcdef/etcd/1.log', 'kube-system/etcd-node1'],
  ] as const)
    it(`is of ${group}: ${path.slice(0, 70)}`, () => expect(readPodPath(path)?.group).to.equal(group));

  it('says namespace, pod and container', () => {
    expect(readPodPath(`/var/log/containers/orders-7c9b5d6f4-x2k4q_shop_app-${id}.log`)?.metadata).to.deep.equal({
      namespace: 'shop',
      pod: 'orders-7c9b5d6f4-x2k4q',
      container: 'app',
    });
  });

  for (const path of [
    'app.log',
    '/var/log/nginx/access.log',
    `/var/log/containers/a_b-${id}.log`,
    '/srv/data_set_2/app/0.log',
    '/var/log/pods/shop/orders/0.log',
    `/var/log/pods/shop_orders-x_${uid}/app/out.txt`,
  ])
    it(`is not ${path.slice(0, 60)}`, () => expect(readPodPath(path)).to.equal(null));
});
