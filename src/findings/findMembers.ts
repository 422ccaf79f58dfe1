import type { Finding } from '../signal.ts';
import { isEpisode } from './isEpisode.ts';

/** Ids of the patterns an episode is made of; of any other finding none. */
export const findMembers = (finding: Finding): string[] => (isEpisode(finding) ? finding.result.members.map(({ topic_id: id }) => id) : []);
