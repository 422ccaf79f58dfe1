import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { incidentLog, PackageExamples } from '../support/docs/packageExample.ts';

/** Writes a file, and the folders that it lies in. */
function put(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}
const at = (line: string) => line.slice(0, 24);
const groups = (seen: readonly unknown[]) =>
  new Set((seen as { group_id?: string; text?: string }[]).filter(({ text }) => text).map(({ group_id }) => group_id));

describe('the pages about containers', () => {
  let examples: PackageExamples;
  afterEach(() => examples.close());

  it('docs/sources/docker.md: its example reads what Docker writes, by service', async () => {
    examples = new PackageExamples('docs/sources/docker.md', {});
    const id = 'a1b2c3d4e5f6'.padEnd(64, '0');
    const folder = examples.file(`containers/${id}`);
    const lines = incidentLog.map((line) => JSON.stringify({ log: `${line.slice(25)}\n`, stream: 'stdout', time: at(line) }));
    put(join(folder, `${id}-json.log`), `${lines.join('\n')}\n`);
    const Labels = { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'cart' };
    put(join(folder, 'config.v2.json'), JSON.stringify({ Name: '/shop-cart-1', Config: { Image: 'cart:1', Labels } }));
    const seen = await examples.run('docker/containers', {
      '/var/lib/docker/containers': examples.file('containers'),
      'follow: true, read_from: end': 'follow: false',
    });
    expect([...groups(seen)]).to.deep.equal(['containers:shop/cart']);
    expect(seen.filter((record) => 'text' in (record as object))).to.have.length(incidentLog.length);
  });

  it('docs/sources/kubernetes.md: its example reads what the kubelet lays out, by workload', async () => {
    examples = new PackageExamples('docs/sources/kubernetes.md', {});
    const pod = 'shop_cart-7f9c6d5b8-x2x4z_0a1b2c3d-0000-4000-8000-000000000001';
    const lines = incidentLog.map((line) => `${at(line)} stdout F ${line.slice(25)}`);
    put(examples.file(`pods/${pod}/web/0.log`), `${lines.join('\n')}\n`);
    // A link, as the kubelet keeps one.
    mkdirSync(examples.file('containers'));
    const link = `cart-7f9c6d5b8-x2x4z_shop_web-${'0'.repeat(64)}.log`;
    symlinkSync(examples.file(`pods/${pod}/web/0.log`), examples.file(`containers/${link}`));
    const seen = await examples.run('/var/log/containers', {
      '/var/log/containers': examples.file('containers'),
      'follow: true, read_from: end': 'follow: false',
    });
    expect([...groups(seen)]).to.deep.equal(['pods:shop/cart']);
    expect(seen.filter((record) => 'text' in (record as object))).to.have.length(incidentLog.length);
  });
});
