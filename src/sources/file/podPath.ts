import { basename, dirname } from 'node:path';
import type { JsonObject } from '../../event.ts';
import { podOwner } from '../../formats/json/podOwner.ts';

/** Whose output a file is. */
export interface Owner {
  /** The second half of the group: `<namespace>/<workload>`. */
  group: string;
  /** namespace, pod and container. */
  metadata: JsonObject;
}

const name = '[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?';
/** `/var/log/containers/<pod>_<namespace>_<container>-<id>.log`, a link that the kubelet keeps. */
const link = new RegExp(`^(${name})_(${name})_(${name})-[0-9a-f]{64}\\.log`);
/** `/var/log/pods/<namespace>_<pod>_<uid>/<container>/<restarts>.log`, where it leads. */
const folder = new RegExp(`^(${name})_(${name})_[0-9a-f-]{32,36}$`);

/**
 * Whose output a file is by where Kubernetes lays it; null for other files. A pod's name holds those of what made it: every
 * pod of a deployment, and the next one too, is of one group.
 */
export function readPodPath(path: string): Owner | null {
  const direct = link.exec(basename(path));
  if (direct) return makeOwner(direct[2]!, direct[1]!, direct[3]!);
  const container = basename(dirname(path));
  const above = /^\d+\.log/.test(basename(path)) ? folder.exec(basename(dirname(dirname(path)))) : null;
  return above ? makeOwner(above[1]!, above[2]!, container) : null;
}

const makeOwner = (namespace: string, pod: string, container: string): Owner => ({
  group: `${namespace}/${podOwner(pod)}`,
  metadata: { namespace, pod, container },
});
