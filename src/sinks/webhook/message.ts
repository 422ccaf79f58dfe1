import type { Finding } from '../../signal.ts';
import { phone } from '../../views/finding/phone.ts';
import type { Delivered } from './receiver.ts';

/** Whether a finding ended before anybody was told that it had begun. */
export const isLate = ({ state }: Finding, last: Delivered | null): boolean => state === 'resolved' && last === null;

/** `2026-03-14T03:05:32.000Z` as `03:05`. */
const minute = (time: string): string => time.slice(11, 16);

/** The text of a message. What began and ended while nothing could be delivered is told as one that was. */
export function writeMessage(finding: Finding, last: Delivered | null): string {
  if (!isLate(finding, last)) return phone(finding).join('\n');
  const [subject, evidence] = phone({ ...finding, state: 'firing' });
  const span = `${minute(finding.since)}-${minute(finding.updated)} UTC`;
  return [subject!.replace(/^\[[^\]]*\]/, `[was ${finding.severity}]`), `Over: ${span}, told late. ${evidence}`].join('\n');
}
