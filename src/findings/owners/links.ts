import { z } from 'zod';
import type { Finding } from '../../signal.ts';

/** An address with `{fields}` in it. What is filled in is encoded, so that it can change neither host nor scheme. */
const template = z
  .string()
  .max(2000)
  .regex(/^(https?:\/\/[^{}\s]+|\{public_url\})/, 'expected an address that begins with http:// or https:// and a host');
export const linkTemplates = z.record(z.string().min(1).max(40), template);
export type LinkTemplates = z.output<typeof linkTemplates>;

const field = /\{([\w.]+)\}/g;
/** How much before and after a finding a link shows, milliseconds: what led to it stands before it. */
const before = 15 * 60_000;
const after = 5 * 60_000;

/** What link templates can ask for: group, pattern, times in three forms, and `labels.NAME`. */
export function listLinkFields(finding: Finding, labels: Readonly<Record<string, string>>): Record<string, string> {
  const from = Date.parse(finding.since) - before;
  const to = Date.parse(finding.updated) + after;
  const times = Object.entries({ from, to, since: Date.parse(finding.since), updated: Date.parse(finding.updated) }).flatMap(
    ([name, ms]) =>
      Number.isFinite(ms)
        ? [
            [name, new Date(ms).toISOString()],
            [`${name}_ms`, String(ms)],
            [`${name}_s`, String(Math.floor(ms / 1000))],
          ]
        : [],
  );
  return {
    id: finding.id,
    rule: finding.rule,
    type: finding.type,
    severity: finding.severity,
    group: finding.group_id,
    group_name: finding.group_id.slice(finding.group_id.indexOf(':') + 1),
    title: finding.title,
    pattern: finding.type === 'rule' ? (finding.result.pattern ?? finding.title) : finding.title,
    pattern_id: finding.template_id ?? finding.topic_id ?? finding.id,
    ...(Object.fromEntries(times) as Record<string, string>),
    ...Object.fromEntries(Object.entries(labels).map(([name, value]) => [`labels.${name}`, value])),
  };
}

/** The address, or null where it asks for something that is not known: a link to nowhere helps nobody. */
export function fillLink(written: string, fields: Readonly<Record<string, string>>, publicUrl: string | null): string | null {
  let missing = false;
  const filled = written.replace(field, (_, name: string) => {
    if (name === 'public_url' && publicUrl !== null) return publicUrl.replace(/\/+$/, '');
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value === undefined) missing = true;
    return encode(value ?? '');
  });
  return missing ? null : filled;
}

/** Halves of characters have no encoding; they are left out. */
const encode = (value: string): string => encodeURIComponent(value.slice(0, 500).replace(/\p{Cs}/gu, ''));
