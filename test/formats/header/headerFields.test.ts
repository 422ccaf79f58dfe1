import { expect } from 'chai';
import { emptyHeader } from '../../../src/formats/header/header.ts';
import type { StampKind } from '../../../src/formats/header/headerCursor.ts';
import { peelFields } from '../../../src/formats/header/headerFields.ts';
import { noHints, type HeaderHints } from '../../../src/formats/header/headerHints.ts';
import { headerWords } from '../../support/formats/headerCursor.ts';

function peel(text: string, stamp: StampKind = 'plain', hints: Partial<HeaderHints> = {}): string {
  const header = emptyHeader();
  peelFields(text, 0, header, stamp, { ...noHints, ...hints });
  return `${headerWords(header)}|${text.slice(header.bodyAt)}`;
}

describe('the parts of a header, one after the other', () => {
  const cases: [text: string, stamp: StampKind, peeled: string, hints?: Partial<HeaderHints>][] = [
    [' INFO [main] org.example.App: begins', 'plain', 'level=INFO thread=main component=org.example.App|begins'],
    [' - root - ERROR - Unhandled', 'plain', 'level=ERROR component=root|Unhandled'],
    [' |-ERROR in a.B - x', 'plain', 'level=ERROR|in a.B - x'],
    [' ERROR CEF:0|a|b', 'plain', 'level=ERROR|CEF:0|a|b'],
    [' <auth.err> web1 sshd[3]: x', 'syslog', 'level=err host=web1 pid=3 component=sshd|x'],
    [' web1 daemon.info cron: x', 'syslog', 'level=info host=web1 component=cron|x'],
    [' system,error,critical login failed', 'plain', 'level=error component=system|login failed'],
    [' a,b,c x', 'plain', '|a,b,c x'],
    [' *** ERROR => x', 'plain', 'level=ERROR|x'],
    [' ##[error] x', 'plain', 'level=error|x'],
    [' *ERROR* x', 'plain', 'level=ERROR|x'],
    [' # x', 'plain', '|# x'],
    [' ОШИБКА: x', 'none', 'level=ERROR|x'],
    [' BŁĄD x', 'plain', 'level=ERROR|x'],
    [' BŁĄD x', 'none', '| BŁĄD x'],
    [' orders-Archive Error [BW-CORE] x', 'plain', 'level=Error thread=BW-CORE component=orders-Archive|x', { levelSecond: true }],
    [' [worker] INFO x', 'none', 'level=INFO component=worker|x'],
    [' WARN x (org.example.App)', 'plain', 'level=WARN component=org.example.App|x (org.example.App)'],
    ['hello world', 'none', '|hello world'],
    ['', 'plain', '|'],
  ];
  for (const [text, stamp, peeled, hints] of cases) it(`${stamp}: ${text}`, () => expect(peel(text, stamp, hints)).to.equal(peeled));

  it('are a process and signs of Redis only where the process stood in front', () => {
    const header = { ...emptyHeader(), pid: '1' };
    peelFields(' # x', 0, header, 'plain', noHints);
    expect([header.level, header.bodyAt]).to.deep.equal(['WARN', 3]);
  });
});
