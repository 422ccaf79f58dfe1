import { compileChecks } from '../rules/checks.ts';
import type { Rule } from '../rules/options.ts';
import type { Evidence, EvidenceLog, Strongest } from './evidence.ts';
import type { Page } from './pages.ts';

/** Why no page came of an incident, in a few words: the first of the reasons there are. */
export function findReason(one: Evidence, log: EvidenceLog, { rules, older }: { rules: readonly Rule[]; older: Page | null }): string {
  const { incident, windows, learning, strongest, withheld } = one;
  if (incident.service !== null && !log.hasGroup(incident.service)) return 'group never sent';
  if (older) return `paged before, and open all the time: ${older.finding.title}`;
  const found = [...withheld.values()].at(-1);
  if (found) return `found, not sent (${found.why}): ${found.finding.title}`;
  if (windows === 0) return 'its group sent nothing then';
  if (learning) return 'in the warm-up';
  if (strongest === null || strongest.state === 'steady') return 'no line changed';
  return describeNearest(strongest, rules);
}

/** What kept the rule that came nearest from holding for the strongest pattern. */
function describeNearest({ blip, group, label, state, score }: Strongest, rules: readonly Rule[]): string {
  const asked = rules
    .filter(
      ({ when, expect }) => expect === undefined && when.noData === undefined && when.unread === undefined && when.finding === undefined,
    )
    .map((rule) => ({ rule, failed: compileChecks(rule.when).filter(({ holds }) => !holds(blip)) }))
    .toSorted((a, b) => a.failed.length - b.failed.length);
  const what = `${group}: ${label} ${state}, score ${score}`;
  const [nearest] = asked;
  if (!nearest || nearest.failed.length === 0) return `no rule sent it: ${what}`;
  const failed = nearest.failed.map(({ name, value, wanted }) => `${name} ${value(blip)}, not ${wanted}`);
  return `below ${nearest.rule.name} (${failed.join('; ')}): ${what}`;
}
