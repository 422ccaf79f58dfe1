import { fieldAt } from '../../../config/scalars.ts';
import type { CatalogEntry } from './catalogEntry.ts';
import { textAt } from '../../base/textAt.ts';
import { addressesIn, makeEntry } from './makeEntry.ts';

/** Annotations of Backstage and its plugins that hold a key of PagerDuty. */
const keys = ['pagerduty.com/integration-key'];

/** `group:default/payments`, `user:ana` and `payments` are the team payments, or ana. */
const bareReference = (reference: string): string => reference.replace(/^[a-z]+:/i, '').replace(/^[^/]+\//, '');

/** A document of `catalog-info.yaml`; null for kinds that are no part of a system, such as users and templates. */
export function readBackstage(document: unknown): CatalogEntry | null {
  const kind = textAt(document, ['kind']);
  const name = textAt(document, ['metadata', 'name']);
  if (name === undefined || !['Component', 'API', 'Resource', 'System'].includes(kind ?? '')) return null;
  const annotations = fieldAt(document, 'metadata.annotations');
  const owner = textAt(document, ['spec', 'owner']);
  return makeEntry({
    name,
    team: owner === undefined ? undefined : bareReference(owner),
    tier: textAt(document, ['metadata', 'labels', 'tier']) ?? textAt(annotations, ['tier']),
    channel: textAt(annotations, ['slack.com/channel-id']),
    pagerduty: keys.map((key) => textAt(annotations, [key])).find((key) => key !== undefined),
    labels: {
      ...textsIn(fieldAt(document, 'metadata.labels')),
      ...only('lifecycle', textAt(document, ['spec', 'lifecycle'])),
      ...only('system', textAt(document, ['spec', 'system'])),
    },
    links: addressesIn(fieldAt(document, 'metadata.links')),
  });
}

const only = (name: string, value: string | undefined): Record<string, string> => (value === undefined ? {} : { [name]: value });

/** Those of an object's values that are text. */
export function textsIn(value: unknown): Record<string, string> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}
