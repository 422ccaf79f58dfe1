import { fromSaved, toSaved } from '../../base/saved.ts';
import { setNewest } from '../../base/evictOldest.ts';
import type { Json } from '../../event.ts';
import type { EventSignal } from '../../signal.ts';
import { isTimeGuessed } from '../whyNot/record.ts';
import type { Condition } from './condition.ts';
import { startFinding } from './openFinding.ts';
import type { OpenFindings } from './openFindings.ts';

/** How well the lines of a group are read. Plain data; times are milliseconds. */
interface Reading {
  /** End of the stretch that is counted. */
  end: number;
  /** Lines, and those without a level or with a time that is not their own: of the stretch, and faded, of those before. */
  lines: number;
  unread: number;
  pastLines: number;
  pastUnread: number;
  /** It was read whole once, by that many lines. */
  wasRead: boolean;
}

const stretch = 300_000;
/** Share of the past that is kept a stretch: half of it after an hour. */
const kept = 0.5 ** (stretch / 3_600_000);
/** Lines by which a group counts as read, and from which a share says something. */
const leastRead = 200;
const leastLines = 50;

/** The rules about groups whose lines are not read as they were: their levels, or their times, are no longer known. */
export class UnreadGroups {
  readonly #rules: readonly Condition[];
  readonly #open: OpenFindings;
  readonly #maxGroups: number;
  readonly #groups = new Map<string, Reading>();

  constructor(rules: readonly Condition[], open: OpenFindings, maxGroups: number) {
    this.#rules = rules;
    this.#open = open;
    this.#maxGroups = maxGroups;
  }

  see({ key, time, event, borrowed }: EventSignal): void {
    if (this.#rules.length === 0) return;
    const group = key || event.group_id;
    let one = this.#groups.get(group);
    if (!one) {
      one = { end: time + stretch, lines: 0, unread: 0, pastLines: 0, pastUnread: 0, wasRead: false };
      setNewest(this.#groups, group, one, this.#maxGroups);
    }
    if (time >= one.end) this.#close(group, one, time);
    one.lines += 1;
    one.unread += Number(event.metadata['level'] === undefined || isTimeGuessed(borrowed, event));
  }

  save(): Json {
    return toSaved([...this.#groups]);
  }

  load(json: Json): void {
    for (const [group, one] of fromSaved<[string, Reading][]>(structuredClone(json))) this.#groups.set(group, one);
  }

  #close(group: string, one: Reading, time: number): void {
    one.pastLines = one.pastLines * kept + one.lines;
    one.pastUnread = one.pastUnread * kept + one.unread;
    Object.assign(one, { end: time + stretch, lines: 0, unread: 0 });
    const share = one.pastUnread / one.pastLines;
    const asked = this.#rules.filter(({ unread }) => unread!.group(group));
    const least = Math.min(...asked.map(({ unread }) => unread!.share));
    one.wasRead ||= one.pastLines >= leastRead && share < least / 2;
    const holding = asked.filter(({ unread }) => share >= unread!.share);
    const known = this.#open.get('unread', group);
    if (known && holding.length === 0) this.#open.end(known, time);
    if (holding.length === 0 || (!known && (!one.wasRead || one.pastLines < leastLines))) return;
    const rules = holding.map(({ rule }) => rule);
    const finding =
      known ??
      startFinding(rules[0]!, {
        subject: group,
        period: time,
        kind: 'unread',
        group,
        topic: null,
        title: 'lines are not read as they were',
        since: time,
        result: {},
      });
    finding.result = { ...finding.result, unread: Number(share.toFixed(4)) };
    if (known || this.#open.open(finding)) this.#open.holds(finding, rules, time, { news: false });
  }
}
