import { CaducusError } from '../../errors.ts';
import type { Decision, DecisionHead } from '../../findings/whyNot/decision.ts';
import { readDecisionHead, readDecisions } from '../../store/decisions.ts';
import type { CliContext } from '../shared/context.ts';
import { stateFolders } from '../shared/stateFolders.ts';

export interface OpenDecisions {
  head: DecisionHead;
  decisions: Decision[];
  /** Newest event time that something was decided of, milliseconds. */
  newest: number;
}

/** What was decided in the last week by a pipeline, or by the one that reported last. Throws CAD002 where nothing is kept. */
export async function openDecisions(context: Pick<CliContext, 'io' | 'dataDir'>, pipeline?: string): Promise<OpenDecisions> {
  const { io, dataDir } = context;
  let last: OpenDecisions | null = null;
  for (const name of pipeline === undefined ? await stateFolders(context) : [pipeline]) {
    const head = readDecisionHead(io.files, dataDir, name);
    const decisions = head ? await readDecisions(io.files, dataDir, name) : [];
    const newest = decisions.reduce((latest, { at }) => Math.max(latest, Date.parse(at)), Number.NEGATIVE_INFINITY);
    if (head && decisions.length > 0 && (!last || newest > last.newest)) last = { head, decisions, newest };
  }
  if (last) return last;
  throw new CaducusError(
    'CAD002',
    {},
    `nothing that was decided is kept${pipeline === undefined ? '' : ` of "${pipeline}"`} in ${dataDir}`,
    {
      hint: 'A pipeline that runs keeps it for a week: caducus run FILE.',
    },
  );
}
