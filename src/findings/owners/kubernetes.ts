import { fieldAt } from '../../../config/scalars.ts';
import { textsIn } from './backstage.ts';
import type { CatalogEntry } from './catalogEntry.ts';
import { textAt } from '../../base/textAt.ts';
import { makeEntry } from './makeEntry.ts';

/** Labels and annotations in which teams of Kubernetes users stand, the most telling first; a prefix such as `example.com/` may stand before them. */
const names = {
  name: ['app.kubernetes.io/name', 'app', 'k8s-app'],
  team: ['team', 'owner', 'squad'],
  tier: ['tier', 'criticality'],
  channel: ['slack-channel', 'slack-channel-id'],
  pagerduty: ['pagerduty-integration-key', 'pagerduty-key'],
};
const addresses = ['runbook', 'dashboard', 'logs'];

/** An object of Kubernetes, or a list of them as `kubectl get deployments -o yaml` writes it: one entry for each that has a name. */
export function readKubernetes(document: unknown): CatalogEntry[] {
  const items = fieldAt(document, 'items');
  if (Array.isArray(items)) return items.flatMap(readKubernetes);
  const labels = textsIn(fieldAt(document, 'metadata.labels'));
  const meta = { ...textsIn(fieldAt(document, 'metadata.annotations')), ...labels };
  const name = find(labels, names.name) ?? textAt(document, ['metadata', 'name']);
  if (name === undefined) return [];
  const namespace = textAt(document, ['metadata', 'namespace']);
  const links = addresses.flatMap((word) => {
    const href = find(meta, [word, `${word}-url`]);
    return href !== undefined && /^https?:\/\/[^{}\s]+$/.test(href) ? [{ name: word, href }] : [];
  });
  return [
    makeEntry({
      name,
      team: find(meta, names.team),
      tier: find(meta, names.tier),
      channel: find(meta, names.channel),
      pagerduty: find(meta, names.pagerduty),
      labels: { ...labels, ...(namespace === undefined ? {} : { namespace }) },
      links,
    }),
  ];
}

function find(meta: Record<string, string>, wanted: readonly string[]): string | undefined {
  for (const name of wanted) {
    const key = Object.keys(meta).find((one) => one === name || one.endsWith(`/${name}`));
    if (key !== undefined && meta[key] !== '') return meta[key];
  }
  return undefined;
}
