import { fromSaved } from '../../../base/saved.ts';
import type { Json } from '../../../event.ts';
import { rankLevel } from '../../../memory/judge/levelRank.ts';
import type { AlarmStanding } from '../../../results/alarmStanding.ts';
import type { Blip } from '../../../signal.ts';
import { compileChecks } from '../checks.ts';
import type { FindingOfType } from '../../makeFinding.ts';
import { rounded } from '../../../memory/judge/rounded.ts';
import type { Rule, Settings } from '../options.ts';
import { AlarmBudget } from './alarmBudget.ts';
import { isUrgent } from './chanceBits.ts';

/** What the budget of all rules without one of their own is saved as; no rule has such a name. */
const SHARED = '';
/** Conditions that say what a rule is about, not what must have happened. */
const about = new Set(['min_level', 'group', 'pattern']);

/** A budget with the rules that open findings on it. */
interface Account {
  name: string;
  budget: AlarmBudget;
  /** For each of its rules that needs bits, whether a pattern is its business. */
  looks: ((blip: Blip) => boolean)[];
}

/** What is allowed where nothing is asked for. */
const UNASKED = '1/week';
/** What chance gives of itself, asked for or not: more than there were. What is new, back or gone is a fact. */
const isOfChance = ({ state }: Blip): boolean => state === 'rising';

/**
 * The budgets of the rules about patterns: one for each rule that has its own, one for all others together. Where none is
 * asked for, there is one for what rises, and all else is reported as it is.
 */
export class AlarmBudgets {
  readonly #accounts: Account[] = [];
  readonly #byRule = new Map<string, Account>();
  /** Nobody has asked for a budget of all rules. */
  readonly #isUnasked: boolean;

  constructor({ rules, falseAlarms, maxGroups }: Settings) {
    const own = rules.filter(({ when, expect }) => expect === undefined && when.noData === undefined && when.finding === undefined);
    const shared = own.filter((rule) => rule.falseAlarms === undefined);
    this.#isUnasked = falseAlarms === undefined;
    this.#add(SHARED, falseAlarms ?? UNASKED, shared, maxGroups);
    for (const rule of own) if (rule.falseAlarms !== undefined) this.#add(rule.name, rule.falseAlarms, [rule], maxGroups);
  }

  /** Takes a look at a pattern; `isTroubled` says whether its group has trouble that is known. */
  look(blip: Blip, isTroubled: () => boolean): void {
    if (blip.open || isUrgent(blip)) return;
    for (const { budget, looks } of this.#accounts) if (looks.some((isAbout) => isAbout(blip))) budget.look(blip, isTroubled);
  }

  /** Whether a pattern for which the rule holds is reported: an error that is new or back, or what chance brings rarely enough. */
  admits(rule: Rule, blip: Blip, now: number): boolean {
    const account = this.#findAccount(rule, blip);
    return account === undefined || isUrgent(blip) || account.budget.weigh(blip) >= account.budget.needed(blip.group_id, now).bits;
  }

  /** Whether somebody has asked for a budget of what the rule opens. */
  holds(rule: Rule): boolean {
    const account = this.#byRule.get(rule.name);
    return account !== undefined && !this.#isUnaskedBudget(account);
  }

  /** A finding of the rule has opened: what stands beside it; undefined where it is on no budget. */
  opened(rule: Rule, blip: Blip, now: number): AlarmStanding | undefined {
    return this.#findAccount(rule, blip)?.budget.open(blip, now);
  }

  /** A spike of a count that fires: how it stands to the budget of all, which `before` says of one that is open. */
  judgeSpike({ result }: FindingOfType<'spike'>, before: AlarmStanding | undefined, now: number): AlarmStanding | undefined {
    const { chance_bits: bits, start, end } = result;
    if (bits === undefined) return undefined;
    const { budget } = this.#accounts[0]!;
    if (before === undefined) return budget.openSpike(bits, Date.parse(end) - Date.parse(start), now);
    return bits > before.bits ? { ...before, bits, a_week: rounded(before.a_week * 2 ** (before.bits - bits)) } : before;
  }

  save(): Json {
    return this.#accounts.map(({ name, budget }) => [name, budget.save()]);
  }

  load(json: Json): void {
    const saved = new Map(fromSaved<[string, Json][]>(json));
    for (const { name, budget } of this.#accounts) if (saved.has(name)) budget.load(saved.get(name)!);
  }

  /** The budget that a pattern is on where the rule holds for it. */
  #findAccount(rule: Rule, blip: Blip): Account | undefined {
    const account = this.#byRule.get(rule.name);
    return account !== undefined && this.#isUnaskedBudget(account) && !isOfChance(blip) ? undefined : account;
  }

  #isUnaskedBudget({ name }: Account): boolean {
    return name === SHARED && this.#isUnasked;
  }

  #add(name: string, allowed: NonNullable<Settings['falseAlarms']>, rules: readonly Rule[], maxGroups: number): void {
    const looks = rules.filter(needsBits).map(({ when }) => {
      const checks = compileChecks(when).filter((check) => about.has(check.name));
      return (blip: Blip) => (when.volume === undefined || blip.volume !== undefined) && checks.every(({ holds }) => holds(blip));
    });
    const account = { name, looks, budget: new AlarmBudget(allowed, { rules: Math.max(1, looks.length), maxGroups }) };
    this.#accounts.push(account);
    for (const rule of rules) this.#byRule.set(rule.name, account);
  }
}

/** Whether the rule reports anything but errors that are new or back. */
function needsBits({ when: { state, minLevel } }: Rule): boolean {
  const states = state === undefined ? null : [state].flat();
  const onlyNews = states?.every((one) => one === 'new' || one === 'returning') ?? false;
  return !(onlyNews && minLevel !== undefined && rankLevel(minLevel) >= rankLevel('ERROR'));
}
