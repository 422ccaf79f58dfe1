import { CaducusError } from 'caducus';

/** The first release whose JetStream does all that is asked of it here. */
const oldest = [2, 9];
/**
 * The first release that can be trusted with a fence where several replicas have to agree: earlier ones accept two equal
 * conditional messages at a time (https://github.com/nats-io/nats-server/pull/4319), or part company over a first message
 * of a subject (https://github.com/nats-io/nats-server/pull/5794).
 */
const oldestReplicated = [2, 10, 19];

/** Whether a release is older than another, or unknown. */
export const isOlder = (version: string, than: readonly number[]): boolean => {
  const parts = version.split('.').map((part) => Number.parseInt(part, 10));
  const at = than.findIndex((part, i) => parts[i] !== part);
  return at >= 0 && !((parts[at] ?? 0) > than[at]!);
};

/** Throws CAD020 for a server of an older release. */
export function checkServer(version: string, path: string): void {
  if (!isOlder(version, oldest)) return;
  throw new CaducusError('CAD020', { path }, `the server is nats-server ${version || 'of an unknown release'}`, {
    hint: `It has to be ${oldest.join('.')} or later.`,
  });
}

/** Throws CAD020 where several replicas are asked of a release that may let two writers through a fence. */
export function checkReplicas(version: string, replicas: number, path: string): void {
  if (replicas <= 1 || !isOlder(version, oldestReplicated)) return;
  throw new CaducusError('CAD020', { path }, `nats-server ${version} may let two writers through one fence with ${replicas} replicas`, {
    hint: `Take ${oldestReplicated.join('.')} or later on all of its servers, or one replica.`,
  });
}
