import type { Finding } from '../../signal.ts';
import { Announcer } from '../answers/announcer.ts';
import { LearnedSchedules } from '../schedules/learnedSchedules.ts';
import { ExpectedNoise } from '../settle/expectedNoise.ts';
import { Settling } from '../settle/settling.ts';
import { Alerts } from './alerts.ts';
import { compileCondition } from './condition.ts';
import { Expectations } from './expectations.ts';
import { FindingRules } from './findingRules.ts';
import { MissedJobs } from './missedJobs.ts';
import { OpenFindings } from './openFindings.ts';
import type { Settings } from './options.ts';
import { OtherFindings } from './otherFindings.ts';
import { PatternRules } from './patternRules.ts';
import { PatternWindows } from './patternWindows.ts';
import { QuietGroups } from './quietGroups.ts';
import { ThereBefore } from './thereBefore.ts';
import { UnreadGroups } from './unreadGroups.ts';

/** What an engine of rules is made of: each kind of rule, and what they share. */
export interface EngineParts {
  settings: Settings;
  open: OpenFindings;
  patterns: PatternRules;
  findings: FindingRules;
  quiet: QuietGroups;
  schedules: LearnedSchedules;
  jobs: MissedJobs;
  expected: Expectations;
  unread: UnreadGroups;
  others: OtherFindings;
  windows: PatternWindows;
  settling: Settling;
  noise: ExpectedNoise;
  announcer: Announcer;
  alerts: Alerts;
  before: ThereBefore;
}

/** The parts of an engine for the rules of a file, each given those of its kind. `announce` hands a finding on. */
export function makeParts(settings: Settings, announce: (finding: Finding, now: number) => void): EngineParts {
  const conditions = settings.rules.map(compileCondition);
  const open = new OpenFindings(settings, announce);
  const before = new ThereBefore();
  const schedules = new LearnedSchedules();
  const alerts = new Alerts();
  const settling = new Settling(settings.settle);
  const silence = conditions.filter(({ quiet }) => quiet);
  const quiet = new QuietGroups(silence, open, { maxGroups: settings.maxGroups, before });
  const ofKind = (kind: 'blip' | 'finding' | 'unread') => conditions.filter((one) => one[kind]);
  return {
    settings,
    open,
    patterns: new PatternRules(ofKind('blip'), open, { before, settings }),
    findings: new FindingRules(ofKind('finding'), open, before),
    quiet,
    schedules,
    jobs: new MissedJobs(schedules, silence, open),
    expected: new Expectations(settings.rules, open),
    unread: new UnreadGroups(ofKind('unread'), open, settings.maxGroups),
    others: new OtherFindings(settings.maxFindings),
    windows: new PatternWindows({ open, quiet, alerts, maxGroups: settings.maxGroups }, announce),
    settling,
    noise: new ExpectedNoise(settling, schedules),
    announcer: new Announcer(),
    alerts,
    before,
  };
}
