import { expect } from 'chai';
import type { StampKind } from '../../../src/formats/header/headerCursor.ts';
import { hostPart } from '../../../src/formats/header/hostPart.ts';
import { cursorAt } from '../../support/formats/headerCursor.ts';

function read(text: string, stamp: StampKind): string {
  const cursor = cursorAt(text, { stamp });
  return hostPart(cursor) ? `${cursor.header.host} ${cursor.header.component}|${text.slice(cursor.at).trim()}` : '';
}

describe('a host behind a stamp', () => {
  const cases: [text: string, stamp: StampKind, found: string][] = [
    ['web1 sshd[12]: opened', 'syslog', 'web1 sshd|opened'],
    ['web1 kernel: up', 'syslog', 'web1 kernel|up'],
    ['web1 last message repeated', 'syslog', 'web1 |last message repeated'],
    ['10.0.0.1 sshd: opened', 'syslog', '10.0.0.1 sshd|opened'],
    ['10.0.0.1 124: up', 'syslog', '10.0.0.1 |124: up'],
    ['12 sshd: opened', 'syslog', ''],
    ['web1 systemd[1]: Started', 'zoned', 'web1 systemd|Started'],
    ['web1 Hostd: lost', 'zoned', 'web1 Hostd|lost'],
    ['starting Server: port 80', 'zoned', ''],
    ['I5A300            LEVEL: Error', 'zoned', ''],
    ['web1 sshd[12]: opened', 'plain', 'web1 sshd|opened'],
    ['order sshd: opened', 'plain', ''],
    ['web1 sshd[12]: opened', 'none', ''],
  ];
  for (const [text, stamp, found] of cases) {
    it(`${stamp}: ${text} ${found === '' ? 'has none' : 'has one'}`, () => expect(read(text, stamp)).to.equal(found));
  }
});
