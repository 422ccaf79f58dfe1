import type { z } from 'zod';
import { breakerResult } from '../results/breakerResult.ts';
import { budgetResult } from '../results/budgetResult.ts';
import { episodeResult } from '../results/episodeResult.ts';
import { ruleResult } from '../results/ruleResult.ts';
import { sessionResult } from '../results/sessionResult.ts';
import { spikeResult } from '../results/spikeResult.ts';
import type { Finding, FindingType } from '../signal.ts';

const schemas: Record<FindingType, z.ZodType> = {
  spike: spikeResult,
  budget: budgetResult,
  breaker: breakerResult,
  rule: ruleResult,
  session: sessionResult,
  episode: episodeResult,
};

/**
 * Whether a finding's result is what its type promises. Findings come out of files and out of operators of one's own,
 * which the compiler has not seen: what is not whole is shown plainly, by its names and values.
 */
export const hasOwnResult = ({ type, result }: Finding): boolean => schemas[type]?.safeParse(result).success ?? false;
