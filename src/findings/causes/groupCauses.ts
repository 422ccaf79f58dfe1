import { toIso } from '../../event.ts';
import type { CameFirst, CauseEvidence } from '../../results/cameFirst.ts';
import { findNamed } from './namedGroups.ts';
import { Precedents, type Beginnings } from './precedents.ts';

/** What is asked of a member of an episode. Times in milliseconds. */
export interface Mover {
  id: string;
  topic?: string;
  group: string;
  at: number;
  state: string;
  label: string;
  width: number;
  line?: { text: string };
}

/** Times of lines that had not been there before are known as exactly as this; of what was there before, to half a window. */
const EXACT = 60_000;
/** Most bits of the order in this episode, of all episodes before, and of being named. */
const MOST_ORDER = 2;
const MOST_BEFORE = 4;
const MOST_NAMED = 4;
/** Bits of one group's lines that name another. */
const A_NAME = 1.5;

/** The beginning of a group: when, how exactly that is known, and by which member. */
interface Begun {
  group: string;
  at: number;
  isExact: boolean;
  width: number;
  member: Mover;
}

/**
 * The groups of an episode by how much says that each moved before the others: its beginning beside theirs, which of them led
 * in past episodes, and which of them the lines of the others name. In bits, as odds against the others: 0 says nothing.
 */
export function groupCauses(members: readonly Mover[], past: readonly Beginnings[]): CameFirst[] {
  const begun = findBeginnings(members);
  if (begun.length < 2) return [];
  const named = findNamed(members);
  const precedents = new Precedents(past, new Set(begun.map(({ group }) => group)));
  const causes = begun.map((mine): CameFirst => {
    const others = begun.filter((one) => one !== mine);
    const evidence = [weighOrder(mine, others), weighLeads(mine, others, precedents), weighNames(mine.group, named)].filter(
      (one) => one !== null,
    );
    return {
      kind: 'group',
      what: mine.group,
      group_id: mine.group,
      topic_id: mine.member.topic ?? mine.member.id,
      at: toIso(mine.at),
      bits: round(evidence.reduce((sum, { bits }) => sum + bits, 0)),
      precedents: precedents.first(mine.group),
      evidence,
    };
  });
  return causes.toSorted((a, b) => b.bits - a.bits || (a.at! < b.at! ? -1 : a.at! > b.at! ? 1 : a.what < b.what ? -1 : 1));
}

/** When each group began: by its lines that were not there before, where it has some, since their time is known. */
function findBeginnings(members: readonly Mover[]): Begun[] {
  const groups = new Map<string, Mover[]>();
  for (const member of members) groups.set(member.group, [...(groups.get(member.group) ?? []), member]);
  return [...groups].map(([group, all]) => {
    const exact = all.filter(({ state }) => state === 'new' || state === 'returning' || state === 'firing');
    const member = (exact.length > 0 ? exact : all).reduce((first, one) => (one.at < first.at ? one : first));
    return { group, at: member.at, isExact: exact.length > 0, width: Math.max(...all.map(({ width }) => width)), member };
  });
}

function weighOrder(mine: Begun, others: readonly Begun[]): CauseEvidence {
  const bits = others.map((other) => {
    const known = Math.max(EXACT, mine.isExact && other.isExact ? 0 : Math.max(mine.width, other.width) / 2);
    return clip((Math.LOG2E * (other.at - mine.at)) / known, MOST_ORDER);
  });
  return { why: 'order', bits: round(mean(bits)), in: others.filter(({ at }) => mine.at < at).length, of: others.length };
}

/** null where it moved with none of the others before. */
function weighLeads(mine: Begun, others: readonly Begun[], precedents: Precedents): CauseEvidence | null {
  const leads = others.map(({ group }) => precedents.lead(mine.group, group)).filter(({ of }) => of > 0);
  if (leads.length === 0) return null;
  const bits = leads.map((lead) => clip(Math.log2((lead.in + 0.5) / (lead.of - lead.in + 0.5)), MOST_BEFORE));
  const earlier = Math.max(...leads.map((lead) => lead.earlier));
  return {
    why: 'precedents',
    bits: round(bits.reduce((sum, one) => sum + one, 0) / others.length),
    in: leads.reduce((sum, lead) => sum + lead.in, 0),
    of: leads.reduce((sum, lead) => sum + lead.of, 0),
    ...(earlier > 0 ? { earlier_ms: earlier } : {}),
  };
}

/** Whom others name is waited for; who names others waits. */
function weighNames(group: string, named: ReadonlyMap<string, ReadonlySet<string>>): CauseEvidence | null {
  const by = [...named].filter(([other, names]) => other !== group && names.has(group)).length;
  const names = named.get(group)?.size ?? 0;
  if (by === 0 && names === 0) return null;
  return { why: 'named', bits: clip(A_NAME * (by - names), MOST_NAMED), in: by, of: named.size - 1 };
}

const clip = (value: number, most: number): number => Math.max(-most, Math.min(most, value));
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const round = (value: number): number => Math.round(10 * value) / 10;
