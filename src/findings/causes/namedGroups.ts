/** A group's own name is the last part of its id; shorter ones are words that stand anywhere. */
const parts = /[^:/]+$/;
const least = 3;
const inText = /[\p{L}\p{N}]+(?:[-_.][\p{L}\p{N}]+)*/gu;

interface Speaking {
  group: string;
  label: string;
  line?: { text: string };
}

/** Of each group, the others whose names stand in its lines: `call to payments failed` is of who waits for payments. */
export function findNamed(members: readonly Speaking[]): Map<string, Set<string>> {
  const names = new Map<string, string>();
  for (const { group } of members) {
    const name = parts.exec(group)?.[0].toLowerCase() ?? '';
    if (name.length >= least) names.set(name, group);
  }
  const found = new Map(members.map(({ group }) => [group, new Set<string>()]));
  for (const { group, label, line } of members)
    for (const [word] of `${label} ${line?.text ?? ''}`.toLowerCase().matchAll(inText)) {
      const other = names.get(word);
      if (other !== undefined && other !== group) found.get(group)!.add(other);
    }
  return found;
}
