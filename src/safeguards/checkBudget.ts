import { notNegative, positive, requireFinite } from './requireFinite.ts';

export interface BudgetInput {
  /** What was spent so far, in any one unit; 0 or more. */
  currentSpend: number;
  /** What may be spent, in the same unit; greater than 0. */
  budgetLimit: number;
  /** Share of the limit from which a warning is due, in (0, 1]; 0.9 unless given. */
  warningRatio?: number | undefined;
}

/** The verdict beside the numbers it was reached from, so that a log line explains itself. */
export interface BudgetCheck {
  readonly currentSpend: number;
  readonly budgetLimit: number;
  readonly warningRatio: number;
  /** `currentSpend / budgetLimit`; 1 is the limit. */
  readonly usageRatio: number;
  /** `budgetLimit - currentSpend`; negative once the limit is passed. */
  readonly remainingBudget: number;
  /** `usageRatio >= warningRatio`; stays true when breached. */
  readonly isWarning: boolean;
  /** `currentSpend >= budgetLimit`: a budget that is used up is breached. */
  readonly isBreached: boolean;
}

const ratio = { holds: (n: number) => n > 0 && n <= 1, words: 'greater than 0 and at most 1' };

/**
 * Judges spend against a limit. Pure: no period, no currency, no memory; the ledger adds those.
 *
 * Throws a RangeError that names the parameter: `budgetLimit` not above 0, `warningRatio` outside (0, 1],
 * `currentSpend` below 0, or any of them not a finite number.
 */
export function checkBudget({ currentSpend, budgetLimit, warningRatio = 0.9 }: BudgetInput): BudgetCheck {
  requireFinite('currentSpend', currentSpend, notNegative);
  requireFinite('budgetLimit', budgetLimit, positive);
  requireFinite('warningRatio', warningRatio, ratio);
  const usageRatio = currentSpend / budgetLimit;
  return Object.freeze({
    currentSpend,
    budgetLimit,
    warningRatio,
    usageRatio,
    remainingBudget: budgetLimit - currentSpend,
    isWarning: usageRatio >= warningRatio,
    isBreached: currentSpend >= budgetLimit,
  });
}
