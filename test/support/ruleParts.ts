import { makeParts, type EngineParts } from '../../src/findings/rules/engineParts.ts';
import { options, readSettings } from '../../src/findings/rules/options.ts';
import type { Finding } from '../../src/signal.ts';

export interface RuleParts {
  parts: EngineParts;
  /** What was announced since the last look. */
  found: Finding[];
  /** The same as `rule state`, one each; then it is forgotten. */
  heard(): string[];
}

/** The parts of an engine for rules as they are written, each with what it shares with the others. */
export function ruleParts(rules: readonly object[], more: object = {}): RuleParts {
  const found: Finding[] = [];
  const parts = makeParts(readSettings(options.parse({ rules, settle: '0s', ...more })), (finding) => void found.push(finding));
  return { parts, found, heard: () => found.splice(0).map(({ rule, state }) => `${rule} ${state}`) };
}
