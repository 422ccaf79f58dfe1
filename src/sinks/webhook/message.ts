import type { Finding } from '../../signal.ts';
import { describeMessage, type Message, type MessageAround } from '../../views/message/message.ts';
import type { Delivered } from './receiver.ts';

/** Whether a finding ended before anybody was sent that it had begun. */
export const isLate = ({ state }: Finding, last: Delivered | null): boolean => state === 'resolved' && last === null;

/** What is known around a finding that no finding says: whose it is, where to look, what cannot be seen. */
export type FindAround = (finding: Finding) => MessageAround;

/** Makes the message of a finding, as what was delivered before leaves it. */
export type MakeMessage = (finding: Finding, last: Delivered | null) => Message;

export const messageMaker =
  (around: FindAround = () => ({})): MakeMessage =>
  (finding, last) =>
    describeMessage(finding, { ...around(finding), ...(isLate(finding, last) && { late: true }) });
