import type { Blip, BlipMember } from '../../signal.ts';

/**
 * The rows of one window: blips of one topic as one line, in the order of their first. Count, usual, trend and total are
 * sums; word, level, score and terms are those of the strongest member; `members` names them where there are several.
 */
export function foldRows(blips: readonly Blip[]): Blip[] {
  const rows = new Map<string, Blip[]>();
  for (const blip of blips) {
    const key = `${blip.group_id}\n${blip.topic_id}`;
    const row = rows.get(key);
    if (row) row.push(blip);
    else rows.set(key, [blip]);
  }
  return rows.size === blips.length ? [...blips] : Array.from(rows.values(), foldRow);
}

function foldRow(blips: readonly Blip[]): Blip {
  if (blips.length === 1) return blips[0]!;
  const ranked = [...blips].sort(byStrength);
  const strongest = ranked[0]!;
  const merged = [...new Set(ranked.flatMap((blip) => blip.merged ?? []))];
  const usual = ranked.reduce<number | null>((sum, blip) => (blip.usual === null ? sum : (sum ?? 0) + blip.usual), null);
  return {
    ...strongest,
    count: ranked.reduce((sum, { count }) => sum + count, 0),
    usual,
    trend: strongest.trend.map((_, i) => ranked.reduce((sum, { trend }) => sum + (trend[i] ?? 0), 0)),
    ...(merged.length > 0 ? { merged } : {}),
    first_seen: ranked.reduce((least, { first_seen: at }) => (at < least ? at : least), strongest.first_seen),
    last_seen: ranked.reduce((most, { last_seen: at }) => (at > most ? at : most), strongest.last_seen),
    total: ranked.reduce((sum, { total }) => sum + total, 0),
    members: ranked.map(makeMember),
  };
}

function makeMember({ template_id, pattern, count, usual, state, score }: Blip): BlipMember {
  return { template_id, pattern, count, usual, state, score };
}

function byStrength(a: Blip, b: Blip): number {
  return b.score - a.score || b.bits.total - a.bits.total || b.count - a.count || (a.template_id < b.template_id ? -1 : 1);
}
