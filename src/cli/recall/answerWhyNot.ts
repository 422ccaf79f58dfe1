import { options as ruleOptions, readSettings } from '../../findings/rules/options.ts';
import { explainWhyNot, type WhyNot } from '../../findings/whyNot.ts';
import { findBeginning } from '../../findings/whyNot/evidence.ts';
import type { OpenDecisions } from './openDecisions.ts';

/** Length of what is asked about, milliseconds, and where its ends lie. */
const usual = 300_000;

/** What is asked: of whom or what, and of which time. Milliseconds. */
export interface WhyNotQuestion {
  /** A group, the beginning of an id, or words of a pattern. */
  subject: string;
  /** The time that is asked about; null for when what the id names began, else the newest that is kept. */
  at: number | null;
  /** Length of the stretch around it; five minutes when left out. */
  lasting?: number | undefined;
}

/** Why nothing was sent of something, from what is kept of decisions. */
export function answerWhyNot({ head, decisions, newest }: OpenDecisions, { subject, at, lasting = usual }: WhyNotQuestion): WhyNot {
  const time = at ?? findBeginning(subject, decisions) ?? newest - 1;
  const from = Math.floor(time / lasting) * lasting;
  const { rules } = readSettings(ruleOptions.parse(head.rules));
  const senders = head.sinks.filter(({ sends }) => sends).map(({ id }) => id);
  return explainWhyNot({ subject, from, to: from + lasting, rules, senders, decisions });
}
