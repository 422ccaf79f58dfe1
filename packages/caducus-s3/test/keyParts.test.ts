import { expect } from 'chai';
import { readKey } from '../src/keyParts.ts';

/** Keys as services and shippers write them: the time, its length, and the log. */
const keys: [key: string, time: string | null, span: number, stream: string][] = [
  [
    'AWSLogs/123456789012/elasticloadbalancing/eu-west-1/2026/03/14/123456789012_elasticloadbalancing_eu-west-1_app.shop.1234567890abcdef_20260314T0005Z_10.1.2.3_3fbq9d2k.log.gz',
    '2026-03-14T00:05:00.000Z',
    60_000,
    'AWSLogs/123456789012/elasticloadbalancing/eu-west-1/123456789012-elasticloadbalancing-eu-west-1-app-shop-10-1-2-3',
  ],
  [
    'AWSLogs/123456789012/CloudTrail/us-east-1/2026/03/14/123456789012_CloudTrail_us-east-1_20260314T0320Z_a1B2c3D4e5F6g7H8.json.gz',
    '2026-03-14T03:20:00.000Z',
    60_000,
    'AWSLogs/123456789012/CloudTrail/us-east-1/123456789012-CloudTrail-us-east-1',
  ],
  [
    'fire/2026/03/14/05/orders-1-2026-03-14-05-00-01-0f1e2d3c-1111-2222-3333-444455556666.gz',
    '2026-03-14T05:00:01.000Z',
    1000,
    'fire/orders-1',
  ],
  ['logs/service=orders/year=2026/month=03/day=14/hour=05/part-00000.json', '2026-03-14T05:00:00.000Z', 3_600_000, 'logs/orders/part'],
  ['logs/dt=2026-03-14/web-1.log.gz', '2026-03-14T00:00:00.000Z', 86_400_000, 'logs/web-1'],
  ['logs/dt=2026-03-14/web-2.log.gz', '2026-03-14T00:00:00.000Z', 86_400_000, 'logs/web-2'],
  ['orders/app-20260314.log.gz', '2026-03-14T00:00:00.000Z', 86_400_000, 'orders/app'],
  ['orders/app.log', null, 0, 'orders/app'],
  ['backup/0123456789abcdef0123.ndjson', null, 0, 'backup'],
  ['2026/03/14/0012.gz', '2026-03-14T00:00:00.000Z', 86_400_000, ''],
  ['E2ABCDEFGHIJKL.2026-03-14-05.a1b2c3d4.gz', '2026-03-14T05:00:00.000Z', 3_600_000, 'E2ABCDEFGHIJKL'],
];

describe('a key', () => {
  for (const [key, time, span, stream] of keys)
    it(`names its time and its log: ${key.slice(-60)}`, () => {
      expect(readKey(key)).to.deep.equal({ time: time === null ? null : { start: Date.parse(time), span }, stream });
    });

  it('names its log below the folders of the prefix', () => {
    expect(readKey('logs/shop/orders/2026/03/14/a.log', 'logs/shop/').stream).to.equal('orders/a');
    expect(readKey('logs/shop/orders/2026/03/14/a.log', 'logs/shop/ord').stream).to.equal('orders/a');
  });

  it('names no time where numbers are none', () => {
    for (const key of ['app/20261399.log', 'v1.2.2026/x', 'id-120260314005/x', 'a/2026/13/01/x'])
      expect(readKey(key).time, key).to.equal(null);
  });
});
