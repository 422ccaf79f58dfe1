import { expect } from 'chai';
import { componentPart, trailingComponent } from '../../../src/formats/header/componentPart.ts';
import { takeOff, type Before } from '../../support/formats/headerCursor.ts';

const level: Before = { header: { level: 'INFO' } };
const bare: Before = { stamp: 'none' };

describe('the part of a program in front of a message', () => {
  const cases: [text: string, taken: string | null, before?: Before][] = [
    ['dfs.DataNode$Responder: x', 'component=dfs.DataNode$Responder|x'],
    ['cron[17]: x', 'pid=17 component=cron|x'],
    ['cron[17]: x', 'pid=17 component=cron|x', bare],
    ['sogod [26818]: x', 'pid=26818 component=sogod|x'],
    ['/usr/sbin/cron[17]: x', 'pid=17 component=cron|x'],
    ['production.ERROR: x', 'level=ERROR component=production|x'],
    ['server.go:77: x', 'other=server.go:77|x'],
    ['received: 5', null],
    ['java.io.IOException: broken pipe', null],
    ['executeQuery: x', 'level=INFO component=executeQuery|x', level],
    ['executeQuery: x', null],
    ['security: error: x', 'component=security|error: x'],
    ['core: x', null, level],
    ['core: x', 'level=INFO component=core|x', { ...level, tags: true }],
    ['heroku[router]: x', 'component=heroku[router]|x'],
    ['Step_LSC|30002312|x', 'component=Step_LSC|30002312|x'],
    ['app.db:run:10 | x', 'component=app.db|x'],
    ['17|x', null],
    ['chrome.exe - x', 'component=chrome.exe|- x'],
    ['CBS    Loaded', 'component=CBS|Loaded'],
    ['cbs    loaded', null],
    ['Backup  BackupMgr.cpp(00012) : x', 'level=INFO component=Backup other=BackupMgr.cpp(00012)|x', level],
    ['servlet       E   CWSRV0001E: x', 'level=ERROR component=servlet|CWSRV0001E: x'],
    ['order  total=17', null, level],
    ['feed.reader\ttwo behind', 'level=INFO component=feed.reader|two behind', level],
    ['feed.reader\t{"n":2}', null, level],
    ['org.example.core.Service.init Message', 'level=INFO component=org.example.core.Service.init|Message', level],
    ['org.example.Service - x', 'level=INFO component=org.example.Service|- x', { ...bare, ...level }],
    ['org.example.Service - x', null, bare],
    ['Starting up', null],
    ['a.B - x', null, { header: { component: 'known', level: 'INFO' } }],
    ['a.B - x', 'level=INFO host=h component=known other=a.B|- x', { header: { component: 'known', level: 'INFO', host: 'h' } }],
  ];
  for (const [text, taken, before] of cases)
    it(`${JSON.stringify(text)}: ${taken ?? 'is the message'}`, () => expect(takeOff(componentPart, text, before)).to.equal(taken));
});

describe('a component at the end of a line', () => {
  it('is a path in the code in parentheses, with a capital in it, and no problem', () => {
    expect(
      ['x (org.example.App)', 'x (org.example.app)', 'x (java.io.IOException)', '(a.B)', 'x (App)', 'x (a.B) y'].map(trailingComponent),
    ).to.deep.equal(['org.example.App', '', '', '', '', '']);
  });
});
