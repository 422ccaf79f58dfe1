import { basename, dirname, join } from 'node:path';
import { isObject } from '../../base/isObject.ts';
import type { Json, JsonObject } from '../../event.ts';
import type { Files } from '../../io.ts';
import type { Owner } from './podPath.ts';

/** `/var/lib/docker/containers/<id>/<id>-json.log`, rotated or not. */
const log = /^([0-9a-f]{64})-json\.log(?:\.|$)/;

/** Labels that name the service a container is one of: those of Compose, of Swarm, of Kubernetes by cri-dockerd, and OpenTelemetry's. */
const services: readonly (readonly [scope: string | null, service: string])[] = [
  ['com.docker.compose.project', 'com.docker.compose.service'],
  [null, 'com.docker.swarm.service.name'],
  ['io.kubernetes.pod.namespace', 'io.kubernetes.container.name'],
  [null, 'service.name'],
];

/**
 * Whose output a log of Docker is, by what Docker keeps beside it (`config.v2.json`): null for other files. The group is the
 * service a container is one of, so that a second replica and the next release are of the same; of one without a service its
 * name, and where that cannot be read the beginning of its id.
 */
export async function readContainerOwner(files: Pick<Files, 'readText'>, path: string): Promise<Owner | null> {
  const id = log.exec(basename(path))?.[1];
  if (id === undefined || basename(dirname(path)) !== id) return null;
  const short = id.slice(0, 12);
  const config = await files.readText(join(dirname(path), 'config.v2.json')).then(parse, () => null);
  if (config === null) return { group: short, metadata: { container_id: short } };
  const { Name, Config } = config;
  const { Labels, Image } = isObject(Config) ? Config : {};
  const labels = isObject(Labels) ? Labels : {};
  const name = typeof Name === 'string' ? Name.replace(/^\//, '') : '';
  const metadata: JsonObject = { container_id: short, ...(name !== '' && { container: name }) };
  if (typeof Image === 'string' && Image !== '') metadata['image'] = Image;
  const service = findService(labels);
  if (service !== null) metadata['service'] = service;
  return { group: service ?? (name || short), metadata };
}

function parse(text: string): JsonObject | null {
  try {
    const parsed = JSON.parse(text) as Json;
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function findService(labels: JsonObject): string | null {
  for (const [scope, service] of services) {
    const [above, name] = [scope === null ? undefined : labels[scope], labels[service]];
    if (typeof name === 'string' && name !== '') return typeof above === 'string' && above !== '' ? `${above}/${name}` : name;
  }
  return null;
}
