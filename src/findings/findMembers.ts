import type { Finding } from '../signal.ts';
import { hasOwnResult } from './hasOwnResult.ts';

/** Ids of the patterns an episode is made of; of any other finding none. */
export const findMembers = (finding: Finding): string[] =>
  finding.type === 'episode' && hasOwnResult(finding) ? finding.result.members.map(({ topic_id: id }) => id) : [];
