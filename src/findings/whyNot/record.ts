import { rankLevel } from '../../memory/judge/levelRank.ts';
import { toIso, type Event } from '../../event.ts';
import type { Blip, EventSignal, Finding } from '../../signal.ts';
import { findMembers } from '../findMembers.ts';
import type { BlipLine, FindingLine, GroupLine } from './decision.ts';

const warnRank = rankLevel('WARN');
/** Score from which a pattern that is no trouble is kept. */
const leastScore = 20;
/** Lines of a group are counted for so long, milliseconds. */
export const stretch = 300_000;
const longestExample = 300;

/** What is kept of a pattern in a closed window; null of one that came as it does and is no trouble. */
export function recordBlip(blip: Blip): BlipLine | null {
  const { group_id, template_id, topic_id, label, start, end, state, level, count, usual, score, bits, settling, usual_at, volume } = blip;
  const isCalm = state === 'steady' && score < leastScore && rankLevel(level ?? undefined) < warnRank;
  if (blip.open || isCalm) return null;
  return {
    kind: 'blip',
    at: end,
    ...{ group_id, template_id, topic_id, label, start, end, state, level, count, usual, score, bits },
    ...(settling === undefined ? {} : { settling }),
    ...(usual_at === undefined ? {} : { usual_at }),
    ...(volume === undefined ? {} : { volume }),
    example: (blip.exemplars[0]?.text ?? '').slice(0, longestExample),
    learning: blip.why.learning !== undefined,
  };
}

export function recordFinding(finding: Finding): FindingLine {
  const {
    id,
    rule,
    type,
    state,
    severity,
    group_id: group,
    template_id: template,
    topic_id: topic,
    title,
    since,
    updated,
    result,
  } = finding;
  return {
    kind: 'finding',
    at: updated,
    ...{ id, rule, type, state, severity, group, title, since },
    template: template ?? null,
    topic: topic ?? null,
    for_ms: finding.type === 'rule' ? (finding.result.for_ms ?? null) : null,
    silenced_until: result.silenced_until ?? null,
    acked: result.acked?.who ?? null,
    settling: result.settling ?? null,
    usual_at: result.usual_at ?? null,
    episode: result.episode?.id ?? null,
    members: findMembers(finding),
  };
}

/** What two lines about a finding must differ in for the second to be kept. */
export const standingKey = ({ state, severity, silenced_until, acked, settling, usual_at, episode, members }: FindingLine): string =>
  JSON.stringify([state, severity, silenced_until, acked, settling, usual_at, episode, members]);

/** Whether an event is at another time than its own: it named none, or one that its clock cannot have shown. */
export const isTimeGuessed = (borrowed: true | undefined, { metadata }: Event): boolean =>
  borrowed === true || metadata['own_stamp'] !== undefined;

/** Counts lines by group, a stretch at a time. */
export class GroupCounter {
  #end: number | null = null;
  #groups = new Map<string, GroupLine>();

  /** Takes an event. Returns the lines of the stretch that is over with it; null while none is. */
  see({ key, event, time, late, borrowed, folded }: EventSignal): GroupLine[] | null {
    const out = this.#end !== null && time >= this.#end ? this.flush() : null;
    this.#end ??= (Math.floor(time / stretch) + 1) * stretch;
    const group = key || event.group_id;
    let line = this.#groups.get(group);
    if (!line) {
      // Once a stretch: a time is dear to write, and this sees every event.
      const at = toIso(this.#end);
      line = { kind: 'group', at, last: event.timestamp, group, lines: 0, no_level: 0, guessed: 0, late: 0, folded: 0 };
      this.#groups.set(group, line);
    }
    line.lines += 1;
    if (event.metadata['level'] === undefined) line.no_level += 1;
    if (isTimeGuessed(borrowed, event)) line.guessed += 1;
    if (late === true) line.late += 1;
    if (folded === true) line.folded! += 1;
    if (event.timestamp > line.last) line.last = event.timestamp;
    return out;
  }

  flush(): GroupLine[] {
    const out = [...this.#groups.values()];
    this.#groups = new Map();
    this.#end = null;
    return out;
  }

  /** What is counted so far, and the end of the stretch, milliseconds; null before the first event. */
  save(): { end: number | null; lines: GroupLine[] } {
    return { end: this.#end, lines: [...this.#groups.values()] };
  }

  load({ end, lines }: { end: number | null; lines: readonly GroupLine[] }): void {
    this.#end = end;
    this.#groups = new Map(lines.map((line) => [line.group, { ...line }]));
  }
}
