/** Hashes that Kubernetes puts behind a name: of a replica set and a pod, or of a pod alone. */
export const podHashes = /-[a-f0-9]{6,10}-[a-z0-9]{5}$|-[bcdf-hj-np-tv-z2-9]{5}$/;

/** The name of what a pod runs: without the hashes, the number of a stateful set, and the time (minutes or seconds since 1970) of a cron job's run. */
export const podOwner = (pod: string): string => pod.replace(podHashes, '').replace(/-(?:\d{1,3}|\d{8}|\d{10})$/, '');
