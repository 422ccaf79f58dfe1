import type { EpisodeFinding, Finding } from '../signal.ts';
import { hasOwnResult } from './hasOwnResult.ts';

/** Whether it is an episode whose result can be read. */
export const isEpisode = (finding: Finding): finding is EpisodeFinding => finding.type === 'episode' && hasOwnResult(finding);
