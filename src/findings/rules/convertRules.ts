import { fromSaved, toSaved } from '../../base/saved.ts';
import { isObject } from '../../base/isObject.ts';
import type { Json, JsonObject } from '../../event.ts';
import type { OptionChange } from '../../kernel/optionChange.ts';
import { hashWhen, type Rule, type Settings } from './options.ts';
import { RuleEngine } from './ruleEngine.ts';

/**
 * Rules are carried over by name, by what a state says of those that it was made with. One of an older release does not
 * say: there, those that stand in the list as they stood before are the same; others with a name that an open finding
 * has were changed, and the rest is new.
 */
export function convertRules(state: Json, { after, had }: OptionChange): Json {
  const saved = state as JsonObject;
  if (saved.rules !== undefined) return state;
  const rules = fromSaved<Rule[]>(after.rules!);
  const isSame = (rule: Rule) => rules.some((_, index) => had(String(index), toSaved(rule)) === true);
  const named = new Set((saved.cases as JsonObject[]).map(({ rule }) => rule));
  const known = rules.filter((rule) => isSame(rule) || named.has(rule.name));
  return { ...saved, rules: known.map((rule) => [rule.name, isSame(rule) ? hashWhen(rule) : '']) };
}

/** The state of rules that are added to a pipeline which has run up to that event time, milliseconds. */
export function joinRules(settings: Settings, time: number): Json {
  const saved = new RuleEngine(settings).save() as JsonObject;
  return { ...saved, now: time, rules: [] };
}

/**
 * Behind windows of another length, which are `ratio` times as long, findings stay, with where they began in counts of
 * such a window; how often they were clear, and which windows had data, is counted anew.
 */
export function rewindowRules(state: Json, _options: unknown, ratio: number): Json {
  const { cases, groups, widths, ...rest } = state as JsonObject;
  const open = (cases as JsonObject[]).map((one) => ({
    ...one,
    clear: 0,
    width: Math.round(Number(one.width) * ratio),
    extent: isObject(one.extent) ? scaleExtent(one.extent, ratio) : null,
  }));
  const unseen = (groups as [string, JsonObject][]).map(([name, group]): Json => [name, { ...group, windows: 0 }]);
  return {
    ...rest,
    cases: open,
    groups: unseen,
    widths: (widths as [string, number][]).map(([name, width]) => [name, Math.round(width * ratio)]),
    windows: [],
    alreadyOn: [],
  };
}

const scaleExtent = (extent: JsonObject, ratio: number): JsonObject => ({
  ...extent,
  level: Math.max(1, Number((Number(extent.level) * ratio).toPrecision(3))),
});
