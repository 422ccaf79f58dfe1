import type { Cursor } from './headerCursor.ts';

/** `%ASA-2-106001: `, `%LINK-3-UPDOWN: `: facility, severity (0 to 7) and mnemonic of network devices, which stay in the message. */
export function mnemonicPart(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  const found = /^(?:%\$ [\w-]+ %\$ )?%[A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*?-([0-7])-[A-Z0-9_]+:/.exec(text.slice(at, at + 80));
  if (!found) return false;
  header.level = severities[Number(found[1])]!;
  header.priority = false;
  return true;
}

/** Names of syslog severities 0 to 7 (RFC 5424, table 2). */
export const severities = ['emerg', 'alert', 'crit', 'error', 'warning', 'notice', 'info', 'debug'] as const;
