import { hasOwnResult } from '../../findings/hasOwnResult.ts';
import type { Json, JsonObject } from '../../event.ts';
import type { Finding, FindingState, Severity } from '../../signal.ts';
import type { Answer } from '../../results/standing.ts';
import { shown } from '../../views/text/line.ts';
import type { Message } from '../../views/message/message.ts';

/** A message in a channel, and what has been posted of its finding there and in its thread. */
export interface Posted {
  channel: string;
  ts: string;
  severity: Severity;
  /** Services when their number was last posted. */
  services: number;
  state: FindingState;
  /** When the last note was left elsewhere that was posted here, ISO 8601. */
  noted: string;
}

export interface ThreadReply {
  /** What of the message the reply puts in other words. */
  text: Partial<Message>;
  /** Shown in the channel as well. */
  broadcast: boolean;
}

const severities: readonly Severity[] = ['info', 'warning', 'critical'];
const isGraver = (now: Severity, before: Severity): boolean => severities.indexOf(now) > severities.indexOf(before);

const countServices = (finding: Finding): number => (hasOwnResult(finding) && finding.type === 'episode' ? finding.result.groups : 1);

/** What stands in the checkpoint of a message; null where it has no place that is known. */
export function readPosted(ref: Json): Posted | null {
  if (ref === null || typeof ref !== 'object' || Array.isArray(ref)) return null;
  const { channel, ts, severity, services, state, noted } = ref;
  if (typeof channel !== 'string' || typeof ts !== 'string') return null;
  // Of a message of an older release only its place is known: nothing is posted anew for that.
  return {
    channel,
    ts,
    severity: (severity as Severity | undefined) ?? 'critical',
    services: typeof services === 'number' ? services : Number.MAX_SAFE_INTEGER,
    state: (state as FindingState | undefined) ?? 'firing',
    noted: typeof noted === 'string' ? noted : '9999',
  };
}

/** What has to be posted in the thread of a message, the most pressing first; null when nothing has. */
export function findReply(finding: Finding, before: Posted | null): ThreadReply | null {
  if (!before) return null;
  if (finding.state === 'resolved')
    return before.state === 'resolved' ? null : { text: { facts: [], links: [], notes: [] }, broadcast: false };
  if (before.state === 'resolved') return { text: { word: 'on again' }, broadcast: true };
  if (isGraver(finding.severity, before.severity))
    return { text: { word: `now ${finding.severity}, was ${before.severity}`, links: [] }, broadcast: true };
  const services = countServices(finding);
  if (services >= 2 * before.services)
    return { text: { word: `${services} services, were ${before.services}`, links: [] }, broadcast: false };
  const notes = listNotes(finding).filter(({ at }) => at > before.noted);
  if (notes.length > 0) return { text: { word: 'note', facts: notes.map(writeNote), lines: [], links: [] }, broadcast: false };
  return null;
}

const listNotes = (finding: Finding): Answer[] =>
  hasOwnResult(finding) ? (finding.result.notes ?? []).filter(({ via }) => via !== 'slack') : [];

const writeNote = ({ who, note = '', link }: Answer): string =>
  shown(`${who}: "${note}"${link === undefined ? '' : `, ${link}`}`, { ascii: false });

/** What has been posted once this is delivered. */
export function nextPosted(finding: Finding, before: Posted | null): JsonObject {
  const { severity, state } = finding;
  const services = countServices(finding);
  const noted = listNotes(finding).reduce((last, { at }) => (at > last ? at : last), '');
  if (!before) return { severity, services, state, noted };
  // One thing is posted at a time: what was not yet posted stays to be.
  const isNote = findReply(finding, before)?.text.word === 'note';
  return {
    noted: isNote ? noted : before.noted,
    severity: isGraver(severity, before.severity) ? severity : before.severity,
    services: services >= 2 * before.services ? services : before.services,
    state,
  };
}
