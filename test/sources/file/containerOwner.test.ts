import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { nodeIo } from '../../../src/io.ts';
import { readContainerOwner } from '../../../src/sources/file/containerOwner.ts';
import { file } from '../../../src/sources/file.ts';
import { openSource } from '../../support/openSource.ts';
import { temporaryFolder } from '../../support/testIo.ts';

const id = 'a1b2c3d4'.repeat(8);
const path = `/var/lib/docker/containers/${id}/${id}-json.log`;
const short = id.slice(0, 12);
const read = (config: unknown, where = path) =>
  readContainerOwner(
    {
      readText: async () =>
        config === null ? Promise.reject(new Error('EACCES')) : typeof config === 'string' ? config : JSON.stringify(config),
    },
    where,
  );
const withLabels = (Labels: Record<string, string>) => ({ Name: '/shop-web-1', Config: { Image: 'shop/web:17', Labels } });

describe('a log of Docker', () => {
  for (const [what, labels, group] of [
    ['a service of Compose', { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' }, 'shop/web'],
    ['a service of Swarm', { 'com.docker.swarm.service.name': 'shop_web' }, 'shop_web'],
    ['a container of a pod', { 'io.kubernetes.pod.namespace': 'shop', 'io.kubernetes.container.name': 'web' }, 'shop/web'],
    ['a service that names itself', { 'service.name': 'web' }, 'web'],
    ['a container alone', {}, 'shop-web-1'],
  ] as const)
    it(`of ${what} is of the group ${group}`, async () => expect((await read(withLabels(labels)))?.group).to.equal(group));

  it('says container, image and service', async () => {
    const labels = { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' };
    expect((await read(withLabels(labels)))?.metadata).to.deep.equal({
      container_id: short,
      container: 'shop-web-1',
      image: 'shop/web:17',
      service: 'shop/web',
    });
  });

  it('whose configuration cannot be read, or is no such thing, goes by the beginning of its id', async () => {
    for (const config of [null, '{', '[]', '7', {}, { Name: 7, Config: [] }]) expect((await read(config))?.group).to.equal(short);
  });

  it("is known by its place: other files are nobody's", async () => {
    expect((await read({}, `${path}.1.gz`))?.group).to.equal(short);
    for (const other of ['app.log', `/logs/${id}-json.log`, `/var/lib/docker/containers/${id}/config.v2.json`, '/x/y-json.log'])
      expect(await read({}, other), other).to.equal(null);
  });

  describe('on disk', () => {
    const folder = temporaryFolder();

    it('gives events of its service, of what was rotated and compressed too, unwrapped', async () => {
      const home = `${folder.path}/containers/${id}`;
      mkdirSync(home, { recursive: true });
      writeFileSync(
        `${home}/config.v2.json`,
        JSON.stringify(withLabels({ 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' })),
      );
      const line = (second: number, text: string) =>
        `${JSON.stringify({ log: `${text}\n`, stream: 'stderr', time: `2026-03-14T03:00:0${second}.000000000Z` })}\n`;
      writeFileSync(`${home}/${id}-json.log`, line(2, 'ERROR card declined') + line(3, 'INFO ok'));
      writeFileSync(`${home}/${id}-json.log.1.gz`, gzipSync(line(1, 'WARN slow')));
      const { batches } = openSource(file, { path: `${folder.path}/containers/*/*-json.log*` }, { io: nodeIo(), id: 'docker' });
      const events = [];
      for await (const { records } of batches) for (const record of records) if (record.kind === 'event') events.push(record.event);
      expect(events.map(({ text }) => text)).to.deep.equal(['slow', 'card declined', 'ok']);
      expect([...new Set(events.map(({ group_id }) => group_id))]).to.deep.equal(['docker:shop/web']);
      expect(events[1]!.metadata).to.include({ container: 'shop-web-1', level: 'ERROR' });
    });
  });
});
