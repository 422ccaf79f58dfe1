import type { Blip } from '../../signal.ts';

/**
 * Makes the labels of a list of blips distinct. Those that share a label get first their group, where the groups
 * differ, then as many characters of their id as it takes. Blips whose label is their own are returned as they are.
 */
export function uniqueLabels(blips: readonly Blip[]): Blip[] {
  const byGroup = relabel(blips, (blip, twins) =>
    twins.every((twin) => twin === blip || twin.group_id !== blip.group_id) ? ` (${blip.group_id})` : '',
  );
  let named = byGroup;
  for (let length = 4; length <= 16 && new Set(named.map(({ label }) => label)).size < named.length; length += 4) {
    named = relabel(byGroup, (blip) => ` #${blip.topic_id.slice(0, length)}`);
  }
  return named;
}

function relabel(blips: readonly Blip[], suffix: (blip: Blip, twins: readonly Blip[]) => string): Blip[] {
  const byLabel = new Map<string, Blip[]>();
  for (const blip of blips) {
    const twins = byLabel.get(blip.label);
    if (twins) twins.push(blip);
    else byLabel.set(blip.label, [blip]);
  }
  return blips.map((blip) => {
    const twins = byLabel.get(blip.label)!;
    return twins.length === 1 ? blip : { ...blip, label: `${blip.label}${suffix(blip, twins)}` };
  });
}
