import { evictOldest } from '../../../base/evictOldest.ts';
import { fromSaved, toSaved } from '../../../base/saved.ts';
import type { Json } from '../../../event.ts';
import { parseFrequency } from '../../../../config/scalars.ts';
import type { AlarmStanding } from '../../../results/alarmStanding.ts';
import type { Blip } from '../../../signal.ts';
import { rounded } from '../../../memory/judge/rounded.ts';
import { bitsByChance, startRecord, takeLook, weighLook, windowsIn, type AlarmRecord, type Look } from './alarmRecord.ts';
import { chanceBits, isUrgent } from './chanceBits.ts';
import type { Run } from './runBits.ts';

/** Windows of a group before its own record is asked. */
const CALIBRATED = 200;
/** Most bits that a group's own record asks for beyond what theory does. */
const MOST_EXTRA = 10;
/** Openings that are remembered, of one period at most. */
const MOST_OPENINGS = 1000;

const WEEK = 604_800_000;

/** Bits that are needed, and those with which chance would spend the budget and no more. */
interface Needed {
  bits: number;
  rate: number;
  uncalibrated: boolean;
}

/** How many rules share a budget, and how many groups are remembered. */
export interface BudgetSize {
  rules: number;
  maxGroups: number;
}

/**
 * Openings by chance that a user allows in a length of time, shared out over rules and groups in equal parts. A pattern needs
 * log2(looks a period / share) bits, and as many more as the group's own record asks for: of the largest bits a window gave, and
 * of what was opened already in the period.
 */
export class AlarmBudget {
  /** As it is written: `1/week`. */
  readonly #allowed: string;
  readonly #times: number;
  readonly #period: number;
  readonly #size: BudgetSize;
  readonly #groups = new Map<string, AlarmRecord>();
  /** Times of the openings of the last period, milliseconds, and whether bits were asked for. */
  #openings: [at: number, asked: boolean][] = [];

  /** @param allowed `1/week`, checked before */
  constructor(allowed: string, size: BudgetSize) {
    const { times, period } = parseFrequency(allowed)!;
    this.#allowed = allowed;
    this.#times = times;
    this.#period = period;
    this.#size = size;
  }

  /** Takes a look at a pattern in a closed window; `isTroubled` says whether its group has trouble that is known. */
  look(blip: Blip, isTroubled: () => boolean): void {
    let record = this.#groups.get(blip.group_id);
    if (!record) {
      this.#groups.set(blip.group_id, (record = startRecord()));
      evictOldest(this.#groups, this.#size.maxGroups);
    }
    takeLook(record, { ...lookAt(blip), isTroubled });
  }

  /** Bits against chance of what a pattern does, now and in the windows before. */
  weigh(blip: Blip): number {
    const record = this.#groups.get(blip.group_id);
    return record ? weighLook(record, lookAt(blip)) : chanceBits(blip);
  }

  /** Bits that a pattern of the group needs to be reported, and whether too little is known of the group to judge it well. */
  needed(group: string, now: number): Needed {
    const record = this.#groups.get(group) ?? startRecord();
    const share = this.#times / (Math.max(1, this.#groups.size) * this.#size.rules);
    const windows = windowsIn(record, this.#period);
    const looks = Math.max(1, record.patterns.size) * windows;
    const bits = Math.max(0, Math.log2(looks / share));
    const uncalibrated = record.windows < CALIBRATED;
    const own = uncalibrated ? bits : (bitsByChance(record, Math.min(1, share / windows)) ?? bits);
    const extra = Math.max(0, own - bits);
    return { bits: bits + Math.min(MOST_EXTRA, extra + this.#spentBits(now)), rate: bits + extra, uncalibrated };
  }

  /** A finding about the pattern opens: counts it, and says how that stands to the budget. */
  open(blip: Blip, now: number): AlarmStanding {
    const needed = this.needed(blip.group_id, now);
    const isAsked = !isUrgent(blip);
    this.#count(now, isAsked);
    return this.#describe(needed, this.weigh(blip), isAsked);
  }

  /**
   * A spike of a count has begun, with so many bits against chance in a bucket of `width` milliseconds: every group has one
   * series of such buckets. Counts it where they suffice.
   */
  openSpike(bits: number, width: number, now: number): AlarmStanding {
    const looks = (Math.max(1, this.#groups.size) * this.#period) / width;
    const rate = Math.max(0, Math.log2(looks / this.#times));
    const needed = { bits: rate + this.#spentBits(now), rate, uncalibrated: false };
    if (bits >= needed.bits) this.#count(now, true);
    return this.#describe(needed, bits, true);
  }

  #count(now: number, isAsked: boolean): void {
    this.#openings = [...this.#openings, [now, isAsked] as [number, boolean]]
      .filter(([at]) => now - at < this.#period)
      .slice(-MOST_OPENINGS);
  }

  /** @param isAsked whether it needs any bits */
  #describe(needed: Needed, bits: number, isAsked: boolean): AlarmStanding {
    return {
      allowed: this.#allowed,
      opened: this.#openings.length,
      needed_bits: isAsked ? rounded(needed.bits) : null,
      bits: rounded(bits),
      a_week: rounded(((this.#times * WEEK) / this.#period) * 2 ** (needed.rate - bits)),
      ...(needed.uncalibrated && isAsked ? { uncalibrated: true } : {}),
    };
  }

  /** What is spent is missing: the next must be as much rarer. */
  #spentBits(now: number): number {
    const spent = this.#openings.filter(([at, asked]) => asked && now - at < this.#period).length;
    return Math.log2(1 + spent / this.#times);
  }

  save(): Json {
    return toSaved({
      groups: [...this.#groups].map(([name, one]) => [name, { ...one, patterns: [...one.patterns], runs: [...one.runs] }]),
      openings: this.#openings,
    });
  }

  load(json: Json): void {
    const { groups, openings } = fromSaved<Saved>(structuredClone(json));
    for (const [name, record] of groups)
      this.#groups.set(name, { ...record, patterns: new Map(record.patterns), runs: new Map(record.runs) });
    this.#openings = openings;
  }
}

interface Saved {
  /** Without runs where an older release saved it. */
  groups: [string, Omit<AlarmRecord, 'patterns' | 'runs'> & { patterns: [string, number][]; runs?: [string, Run][] }][];
  openings: [number, boolean][];
}

const lookAt = (blip: Blip): Look => ({
  pattern: blip.template_id,
  start: Date.parse(blip.start),
  end: Date.parse(blip.end),
  bits: chanceBits(blip),
});
