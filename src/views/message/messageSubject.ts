import { hasOwnResult } from '../../findings/hasOwnResult.ts';
import type { Finding } from '../../signal.ts';
import { count } from '../text/numbers.ts';

/** A group without the name of its source: `cloudwatch:/hdfs/datanode` is `hdfs/datanode` to who reads it on a phone. */
export const nameGroup = (group: string): string => group.slice(group.indexOf(':') + 1).replace(/^\/+/, '') || group;

/**
 * What a message is about: the group and the pattern that moved first, and how many services it was when it was first
 * sent. It says nothing that changes while the finding is open.
 */
export function writeSubject(finding: Finding): string {
  const name = nameGroup(finding.group_id);
  const title = finding.title.replace(/\.$/, '');
  const others = hasOwnResult(finding) && finding.type === 'episode' ? (finding.result.first?.groups ?? finding.result.groups) - 1 : 0;
  const more = others > 0 ? `, and ${count(others)} more ${others === 1 ? 'service' : 'services'}` : '';
  return `${title === '' || title.startsWith(`${name}:`) ? title || name : `${name}: ${title}`}${more}`;
}
