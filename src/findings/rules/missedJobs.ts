import { toIso } from '../../event.ts';
import type { Blip } from '../../signal.ts';
import type { Habit, LearnedSchedules } from '../schedules/learnedSchedules.ts';
import type { NextRun } from '../schedules/nextRun.ts';
import type { Condition } from './condition.ts';
import { startFinding, type OpenFinding } from './openFinding.ts';
import type { OpenFindings } from './openFindings.ts';

/**
 * The rules about silence, for what comes by the clock: a pattern that did not come when it was due. One finding a group,
 * for what it missed first; it ends when that comes again.
 */
export class MissedJobs {
  readonly #schedules: LearnedSchedules;
  readonly #rules: readonly Condition[];
  readonly #open: OpenFindings;

  constructor(schedules: LearnedSchedules, rules: readonly Condition[], open: OpenFindings) {
    this.#schedules = schedules;
    this.#rules = rules;
    this.#open = open;
  }

  get due(): number | null {
    return this.#schedules.due;
  }

  /** Takes a pattern in a closed window. */
  see(blip: Blip, now: number): void {
    if (!this.#schedules.see(blip)) return;
    const one = this.#open.get('job', blip.group_id);
    if (!one || one.template !== blip.template_id) return;
    one.result.late_ms = Math.max(0, Date.parse(blip.start) - one.since);
    this.#open.end(one, now);
  }

  tick(time: number): void {
    for (const { habit, run } of this.#schedules.missed(time)) {
      const { group } = habit;
      const holding = this.#rules.filter(({ quiet }) => quiet!(group)).map(({ rule }) => rule);
      // A group that is silent as a whole is one finding already.
      if (holding.length === 0 || this.#open.get('job', group) || this.#open.get('quiet', group)) continue;
      const one = describeMissed(habit, run, holding[0]!);
      if (this.#open.open(one)) this.#open.holds(one, holding, time, { news: true });
    }
  }
}

function describeMissed({ group, template, topic, label, starts }: Habit, run: NextRun, rule: Condition['rule']): OpenFinding {
  return startFinding(rule, {
    subject: group,
    period: run.at,
    kind: 'job',
    group,
    topic,
    template,
    title: `did not come: ${label}`,
    since: run.at,
    result: { missed: true, due: toIso(run.at), every_ms: run.every, last_run: toIso(starts.at(-1)!), runs_known: starts.length },
  });
}
