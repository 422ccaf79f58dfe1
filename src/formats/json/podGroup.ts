import { fieldAt } from '../../../config/scalars.ts';
import type { JsonObject } from '../../event.ts';
import { getOwn } from './getOwn.ts';
import { podOwner } from './podOwner.ts';

/** Names of fields that hold a pod's name, or a container's. */
export const podNames = /pod[._]?name$/i;
const containerNames = /container(?:[._]?name)?$/i;

/** Where collectors put the namespace and the pod: Fluent Bit and Fluentd, Filebeat, Vector, OpenTelemetry. */
const namespaces = ['kubernetes.namespace_name', 'kubernetes.namespace', 'kubernetes.pod_namespace', 'k8s.namespace.name'];
const pods = ['kubernetes.pod_name', 'kubernetes.pod.name', 'k8s.pod.name'];

const find = (record: JsonObject, paths: readonly string[]): string | undefined =>
  paths
    .map((path) => getOwn(record, path) ?? fieldAt(record, path))
    .find((value): value is string => typeof value === 'string' && value !== '');

/**
 * What a record of Kubernetes is called that names no service: `<namespace>/<workload>`, as the files of the pod are. The name
 * of a pod elsewhere is what it runs; null for fields that hold neither a pod's name nor a container's.
 */
export function podGroup(record: JsonObject, key: string, value: string): string | null {
  const isPod = podNames.test(key);
  if (!isPod && !containerNames.test(key)) return null;
  const namespace = find(record, namespaces);
  const workload = isPod ? podOwner(value) : value;
  if (namespace === undefined) return isPod ? workload : null;
  const pod = find(record, pods);
  return `${namespace}/${pod === undefined ? workload : podOwner(pod)}`;
}
