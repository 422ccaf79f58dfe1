// One file, because it is a table: a line of each kind, and what is read of it.
import { expect } from 'chai';
import { parseLevel } from '../../../src/event.ts';
import { drafts, parseAll } from '../parse.ts';

/** Every file was last written on 10 June 2024, noon; every line is of 3 June, 10 o'clock. */
const reference = Date.UTC(2024, 5, 10, 12);

/** A line; its time behind 10:00 on the day ('' when it has none); its level; its group; how its text begins. */
type Row = [line: string, time: string, level: string | null, group: string | null, text: string];

const rows: Record<string, Row[]> = {
  'dates are read as': [
    ['2024:06:03-10:00:00 gate proxyd[12]: id="1" action="pass"', '00.000', null, 'proxyd', 'id="1"'],
    ['jun/03/2024 10:00:00 system,error,critical login failed', '00.000', 'ERROR', 'system', 'login failed'],
    ['Jun-03-24 10:00:00 [in] no answer', '00.000', null, 'in', 'no answer'],
    ['03Jun2024 10:00:00 drop from eth1', '00.000', null, null, 'drop from'],
    ['[UTC Jun  3 10:00:00] error    : no process', '00.000', 'ERROR', null, 'no process'],
    ['10.0.0.1 -  -  [03/juin/2024:10:00:00 +0000] "GET /x HTTP/1.1" 200 12', '00.000', null, null, '"GET /x'],
    ['10.0.0.1 -  -  [03/juin./2024:10:00:00 +0000] "GET /x HTTP/1.1" 200 12', '00.000', null, null, '"GET /x'],
    ['[2024-06-03][10:00:00][store::db][ERROR] gone', '00.000', 'ERROR', 'store::db', 'gone'],
    ['INFO [06-03|10:00:00.250] imported', '00.250', 'INFO', null, 'imported'],
    ['ERROR[06-03|10:00:00.250] not found', '00.250', 'ERROR', null, 'not found'],
    ['E240603 10:00:00.250000 12 server/node.go:100 lost', '00.250', 'ERROR', null, 'lost'],
    ['L 06/03/2024 - 10:00:00: round begins', '00.000', null, null, 'round begins'],
    ['2024-06-03 10:00:00.250.1538 - ready', '00.250', null, null, 'ready'],
    ['[ E 2024-06-03 10:00:00.2500 12/T8 a/Utils.cpp:112 ]: no answer', '00.250', 'ERROR', null, 'no answer'],
    ['<W>2024-06-03 10:00:00.250 refused', '00.250', 'WARN', null, 'refused'],
  ],
  'stamps behind hosts and counts': [
    ['Jun  3 10:00:00 10.0.0.1 123: Jun  3 09:59:59.123: %LOGIN-4-FAILED: no', '00.000', 'WARN', null, '%LOGIN-4-FAILED: no'],
    ['Jun  3 10:00:00 core-1 124: *Jun  3 10:00:04.001: %SYS-5-CONFIG: done', '00.000', 'INFO', null, '%SYS-5-CONFIG: done'],
    ['<174>15162564: EDGE-B: 29391555: Jun  3 10:00:00.250 UTC: %ACL-6-DENY: list', '00.250', 'INFO', null, '%ACL-6-DENY: list'],
  ],
  'a program behind syslog brings its own header': [
    ['Jun  3 10:00:00 n1 agent[12]: I0603 10:00:00.123456      12 sync.go:18] "Skipped"', '00.000', 'INFO', 'agent', '"Skipped"'],
    ['Jun  3 10:00:00 n1 web[12]: 2024-06-03 09:59:59,990 ERROR lost', '00.000', 'ERROR', 'web', 'lost'],
    ['Jun  3 10:00:00 n1 /usr/sbin/proxy[12]: ERROR: lost', '00.000', 'ERROR', 'proxy', 'lost'],
    ['Jun  3 10:00:00 n1 proxy [12]: lost', '00.000', null, 'proxy', 'lost'],
    ['Jun 3 2024 10:00:00 n1 proxy[12]: lost', '00.000', null, 'proxy', 'lost'],
    ['Jun  3 10:00:00 n1 PORTAL [error] [auth] lost', '00.000', 'ERROR', 'PORTAL', 'lost'],
  ],
  'levels set off by other signs': [
    ['[2024-06-03 10:00:00 +0000] warning/ApiListener: gone', '00.000', 'WARN', 'ApiListener', 'gone'],
    ['2024-06-03 10:00:00.250 W | raft: slow', '00.250', 'WARN', null, 'raft: slow'],
    ['[6/3/24 10:00:00:250 UTC] 0000004a Servlet       E   SRV01: lost', '00.250', 'ERROR', 'Servlet', 'SRV01: lost'],
    ['2024-06-03 10:00:00.250+0000: 4711: error : readWire:1806 : end of file', '00.250', 'ERROR', null, 'readWire:1806'],
    ['2024-06-03 10:00:00 UTC::@:[4700]:LOG:  checkpoint', '00.000', 'INFO', null, 'checkpoint'],
    ['2024-06-03 10:00:00.250 UTC [12] LOG C-0x5: app/shop login', '00.250', 'INFO', null, 'C-0x5'],
    ['2024-06-03 10:00:00 +0000 Agent (err): no catalog', '00.000', 'ERROR', 'Agent', 'no catalog'],
    ['2024/06/03 10:00:00 ERROR> shop.pl:12 main:: - boom', '00.000', 'ERROR', null, 'shop.pl:12'],
    ['2024-06-03T10:00:00.250Z n1 Hostd: error hostd[12] [sub=x] failed', '00.250', 'ERROR', 'Hostd', 'hostd[12]'],
    ['2024-06-03 10:00:00,250 [shop.minion      :2234][ERROR   ][12] lost', '00.250', 'ERROR', 'shop.minion', 'lost'],
    ['2024-06-03T10:00:00.250Z\tINFO\tmain\tio.shop.Server\tstarted', '00.250', 'INFO', 'io.shop.Server', 'started'],
    ['[2024-06-03T10:00:00.250] [ERROR] orders - lost', '00.250', 'ERROR', 'orders', 'lost'],
    ['2024-06-03T10:00:00.250Z shop.filter         [12]: INFO    found', '00.250', 'INFO', 'shop.filter', 'found'],
  ],
  'what is no level': [
    ['03-JUN-2024 10:00:00 * (CONNECT_DATA=(SERVICE=shop)) * establish * 0', '00.000', null, null, '* (CONNECT_DATA'],
    ['[1717408800] ALERT: web1;HTTP;CRITICAL;SOFT;1', '00.000', 'FATAL', null, 'web1;HTTP;CRITICAL'],
  ],
  requests: [
    ['10.0.0.3 - - [03/Jun/2024:10:00:00 +0000] "\\x16\\x03" 400 157 "-" "-"', '00.000', null, null, '"\\x16\\x03" 400'],
    ['10:00:00 | 502 |    1.23ms |      10.0.0.1 | GET     | /cart', '', null, null, '502 |'],
  ],
  'pairs in single quotes': [
    ["timestamp='2024-06-03T10:00:00Z' level='error' event='no answer' order=7", '00.000', 'ERROR', null, 'no answer'],
  ],
};

describe('a line by itself', () => {
  for (const [kind, list] of Object.entries(rows)) {
    for (const [line, time, level, group, text] of list) {
      it(`${kind}: ${line.slice(0, 60)}`, () => {
        const [draft, ...more] = drafts(parseAll('auto', `${line}\n`, [], reference));
        expect(more).to.deep.equal([]);
        if (time !== '') expect(new Date(draft!.time).toISOString()).to.equal(`2024-06-03T10:00:${time}Z`);
        expect(draft!.borrowed).to.equal(undefined);
        expect(parseLevel(draft!.metadata.level ?? null)).to.equal(level);
        expect(draft!.logicalId ?? null).to.equal(group);
        expect(draft!.text.slice(0, text.length)).to.equal(text);
      });
    }
  }

  it('the priority of a transport gives way to the answer to a request', () => {
    const line = '<134>Jun  3 10:00:00 lb[12]: 10.0.0.1:50 fe be/s1 0/0/1 503 217 - - "GET /cart HTTP/1.1"\n';
    const [draft] = drafts(parseAll('auto', line, [], reference));
    expect(draft!.metadata).to.include({ status: 503 }).and.not.have.property('level');
  });
});

describe('lines of a file', () => {
  const times = (text: string) =>
    drafts(parseAll('auto', text, [], reference)).map(({ time }) => new Date(time).toISOString().slice(0, 19));

  it('have their stamps where all have them, in whatever order', () =>
    expect(
      times('10.0.0.1 - ann [03/Jun/2024:10:00:05 +0000] "GET /" 200 1\n10.0.0.2 - - [03/Jun/2024:09:00:00 +0000] "GET /" 200 1\n'),
    ).to.deep.equal(['2024-06-03T10:00:05', '2024-06-03T09:00:00']));

  it('that were written after the file was last changed keep their day', () =>
    expect(times('10.0.0.1 - - [03/Jul/2025:10:00:05 +0000] "GET /" 200 1\n')).to.deep.equal(['2025-07-03T10:00:05']));

  it('never begin a year that lies behind the file', () =>
    expect(times('Jun  3 10:00:00 a b: x\nFeb  3 10:00:00 a b: x\nMar  3 10:00:00 a b: x\nFeb  3 10:00:00 a b: x\n')).to.deep.equal([
      '2024-06-03T10:00:00',
      '2024-02-03T10:00:00',
      '2024-03-03T10:00:00',
      '2024-02-03T10:00:00',
    ]));

  it('with a time of day alone are of the day of the line before', () =>
    expect(times('2024-06-03T10:00:00Z a\n10:00:01.000 [main] INFO b\n')).to.deep.equal(['2024-06-03T10:00:00', '2024-06-03T10:00:01']));

  it('name their columns between commas, too', () =>
    expect(
      times('#Fields: date-time,client,event\n2024-06-03T10:00:00.000Z,10.0.0.1,RECEIVE\n2024-06-03T10:00:01.000Z,10.0.0.1,FAIL\n'),
    ).to.deep.equal(['2024-06-03T10:00:00', '2024-06-03T10:00:01']));

  it('mean one order of day and month', () =>
    expect(times('11.10.2018 10:39:30 - a\n11/10/2018 10:46:25 - b\n')).to.deep.equal(['2018-10-11T10:39:30', '2018-10-11T10:46:25']));

  it('that are indented fields belong to the record before, whatever word they begin with', () => {
    const found = drafts(parseAll('auto', '2024-06-03T10:00:00Z ERROR lost\n    err: {\n      "type": "x"\n    }\n', [], reference));
    expect(found.map(({ text }) => text)).to.deep.equal(['lost\n    err: {\n      "type": "x"\n    }']);
  });
});

describe('headers in plain sight', () => {
  const read = (text: string) => {
    const [draft] = drafts(parseAll('auto', text, [], reference));
    return [parseLevel(draft!.metadata.level ?? null), draft!.logicalId ?? null, draft!.text];
  };

  it('facility and severity of syslog stand in front of the program', () => {
    expect(read('Mon Jun  3 10:00:00 2024 daemon.err dnsd[12]: no answer\n')).to.deep.equal(['ERROR', 'dnsd', 'no answer']);
    expect(read('Jun  3 10:00:00 <auth.info> gate sshd[12]: no answer\n')).to.deep.equal(['INFO', 'sshd', 'no answer']);
  });

  it('a number between dashes stands in front of the level', () =>
    expect(read('2024-06-03 10:00:00,123 - app.http - 100 - WARNING - GET-1 - slow\n').slice(0, 2)).to.deep.equal(['WARN', 'app.http']));

  it('a word behind a padded level and in front of a dash is the logger', () =>
    expect(read('2024-06-03 10:00:00.123 INFO  Metrics - group=pipe, name=x\n')).to.deep.equal(['INFO', 'Metrics', 'group=pipe, name=x']));
});
