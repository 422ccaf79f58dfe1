import { toIso } from '../../event.ts';
import type { Exemplar } from '../../signal.ts';
import type { Template } from './template.ts';

/** Up to three lines that show a template: the first, the one most unlike it, the last. In order of time. */
export function listExemplars(template: Template): Exemplar[] {
  const seen = new Set<string>();
  const samples = [template.samples.oldest, template.samples.middle, template.samples.newest].filter(({ id }) => {
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
  return samples.sort((a, b) => a.at - b.at).map(({ id, at, text }) => ({ event_id: id, timestamp: toIso(at), text }));
}
