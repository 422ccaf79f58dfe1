import { expect } from 'chai';
import { drafts, parseAll } from '../parse.ts';

/** A line; what must come off it; what is left. */
type Case = [line: string, time: string, metadata: Record<string, string | number>, text: string];

const reference = Date.UTC(2024, 11, 31);

const cases: Record<string, Case[]> = {
  syslog: [
    [
      'Jun 14 15:16:01 web1 sshd(pam_unix)[19939]: session opened',
      '2024-06-14T15:16:01.000Z',
      { host: 'web1', component: 'sshd(pam_unix)', pid: '19939' },
      'session opened',
    ],
    ['Jun  4 15:16:01 web1 kernel: eth0 up', '2024-06-04T15:16:01.000Z', { host: 'web1', component: 'kernel' }, 'eth0 up'],
    ['Jun 14 15:16:01 web1 last message repeated 3 times', '2024-06-14T15:16:01.000Z', { host: 'web1' }, 'last message repeated 3 times'],
    [
      '<34>Oct 11 22:14:15 mymachine su: denied',
      '2024-10-11T22:14:15.000Z',
      { level: 'crit', host: 'mymachine', component: 'su' },
      'denied',
    ],
    [
      '<165>1 2003-10-11T22:14:15.003Z host.example evntslog 12 ID47 [x@1 a="b]c"] it runs',
      '2003-10-11T22:14:15.003Z',
      { level: 'notice', host: 'host.example', component: 'evntslog', pid: '12', header: 'ID47 [x@1 a="b]c"]' },
      'it runs',
    ],
    [
      '2024-05-01T10:00:00.123456+02:00 myhost systemd[1]: Started',
      '2024-05-01T08:00:00.123Z',
      { host: 'myhost', component: 'systemd', pid: '1' },
      'Started',
    ],
  ],
  'loggers of Java': [
    [
      '2024-05-01 10:00:00,123 INFO [main] org.example.App: begins',
      '2024-05-01T10:00:00.123Z',
      { level: 'INFO', thread: 'main', component: 'org.example.App' },
      'begins',
    ],
    [
      '2024-05-01 10:00:00,123 - WARN  [Pool[id=1]/0:0:0:0:2181:Election@774] - slow',
      '2024-05-01T10:00:00.123Z',
      { level: 'WARN', thread: 'Pool[id=1]/0:0:0:0:2181:Election@774' },
      'slow',
    ],
    [
      '2024-05-01 10:00:00.000  INFO 12345 --- [           main] c.e.Demo                  : up',
      '2024-05-01T10:00:00.000Z',
      { level: 'INFO', pid: '12345', thread: 'main', component: 'c.e.Demo' },
      'up',
    ],
    [
      '24/05/01 10:00:00 INFO executor.Backend: Registered [TERM]',
      '2024-05-01T10:00:00.000Z',
      { level: 'INFO', component: 'executor.Backend' },
      'Registered [TERM]',
    ],
    [
      '2024-05-01 10:00:00,123 INFO [Handler 5 on 62270] org.example.Listener: busy',
      '2024-05-01T10:00:00.123Z',
      { level: 'INFO', thread: 'Handler 5 on 62270', component: 'org.example.Listener' },
      'busy',
    ],
    ['[2024-05-01 10:00:00,123] INFO [Server id=0] started', '2024-05-01T10:00:00.123Z', { level: 'INFO' }, '[Server id=0] started'],
  ],
  'other programs': [
    [
      '240501 100000 148 INFO dfs.DataNode$Responder: done',
      '2024-05-01T10:00:00.000Z',
      { pid: '148', level: 'INFO', component: 'dfs.DataNode$Responder' },
      'done',
    ],
    [
      '127.0.0.1 - ann [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 23',
      '2000-10-10T20:55:36.000Z',
      { header: '127.0.0.1 - ann', method: 'GET', path: '/', status: 200, bytes: 23 },
      '"GET / HTTP/1.0" 200 23',
    ],
    [
      '[Thu Jun 09 06:07:04 2005] [error] [client 1.2.3.4] not found',
      '2005-06-09T06:07:04.000Z',
      { level: 'error' },
      '[client 1.2.3.4] not found',
    ],
    [
      '2024/05/01 10:00:00 [error] 123#456: *789 open() failed',
      '2024-05-01T10:00:00.000Z',
      { level: 'error', pid: '123#456' },
      '*789 open() failed',
    ],
    ['2024-05-01 10:00:00.123 UTC [1234] LOG:  ready', '2024-05-01T10:00:00.123Z', { pid: '1234', level: 'INFO' }, 'ready'],
    [
      '2024-05-01T10:00:00.000+0000 I NETWORK  [conn1] end',
      '2024-05-01T10:00:00.000Z',
      { level: 'INFO', component: 'NETWORK', thread: 'conn1' },
      'end',
    ],
    [
      '05-01 10:00:00.811  1702  2395 D WindowManager: freezing',
      '2024-05-01T10:00:00.811Z',
      { pid: '1702 2395', level: 'DEBUG', component: 'WindowManager' },
      'freezing',
    ],
    [
      'I0501 10:00:00.123456    1234 server.go:77] Starting',
      '2024-05-01T10:00:00.123Z',
      { level: 'INFO', pid: '1234', header: 'server.go:77' },
      'Starting',
    ],
    [
      '20240501-10:00:00:606|Step_LSC|30002312|changed 3579',
      '2024-05-01T10:00:00.606Z',
      { component: 'Step_LSC', pid: '30002312' },
      'changed 3579',
    ],
    ['[05.01 10:00:00] chrome.exe - open through proxy', '2024-05-01T10:00:00.000Z', { component: 'chrome.exe' }, 'open through proxy'],
    ['2024-05-01 10:00:00, Info                  CBS    Loaded', '2024-05-01T10:00:00.000Z', { level: 'Info', component: 'CBS' }, 'Loaded'],
    [
      '- 1714557600 2024.05.01 R02-M1 2024-05-01-03.00.00.675872 R02-M1 RAS KERNEL INFO parity error',
      '2024-05-01T10:00:00.000Z',
      { level: 'INFO', host: 'R02-M1', component: 'KERNEL', header: '- RAS' },
      'parity error',
    ],
    ['2024-05-01 10:00:00,123 - root - ERROR - Unhandled', '2024-05-01T10:00:00.123Z', { level: 'ERROR', component: 'root' }, 'Unhandled'],
    ['1714557600.123 began', '2024-05-01T10:00:00.123Z', {}, 'began'],
  ],
  'containers and bodies': [
    [
      '2024-05-01T10:00:00.123456789Z stdout F 2024-05-01 12:00:00 INFO begins',
      '2024-05-01T10:00:00.123Z',
      { stream: 'stdout', level: 'INFO' },
      'begins',
    ],
    ['2024-05-01T10:00:00.123456789Z ERROR boom', '2024-05-01T10:00:00.123Z', { level: 'ERROR' }, 'boom'],
    [
      '{"log":"WARN disk is full\\n","stream":"stderr","time":"2024-05-01T10:00:00.5Z"}',
      '2024-05-01T10:00:00.500Z',
      { stream: 'stderr', level: 'WARN' },
      'disk is full',
    ],
    ['web-1  | 2024-05-01 10:00:00 | INFO     | hello', '2024-05-01T10:00:00.000Z', { container: 'web-1', level: 'INFO' }, 'hello'],
    [
      'time="2024-05-01T10:00:00Z" level=info msg="up \\"and\\" running" port=80',
      '2024-05-01T10:00:00.000Z',
      { level: 'info', port: '80' },
      'up "and" running',
    ],
    ['2024-05-01T10:00:00Z {"level":"error","msg":"it broke"}', '2024-05-01T10:00:00.000Z', { level: 'error' }, 'it broke'],
  ],
  'messages that look like headers': [
    ['2024-05-01 10:00:00 42 apples sold', '2024-05-01T10:00:00.000Z', {}, '42 apples sold'],
    ['2024-05-01 10:00:00 INFO received: 5', '2024-05-01T10:00:00.000Z', { level: 'INFO' }, 'received: 5'],
    [
      '2024-05-01 10:00:00 INFO java.io.IOException: broken pipe',
      '2024-05-01T10:00:00.000Z',
      { level: 'INFO' },
      'java.io.IOException: broken pipe',
    ],
    ['2024-05-01 10:00:00 Error opening file', '2024-05-01T10:00:00.000Z', {}, 'Error opening file'],
    ['2024-05-01 10:00:00 INFO 10.0.0.1:80: refused', '2024-05-01T10:00:00.000Z', { level: 'INFO' }, '10.0.0.1:80: refused'],
    ['2024-05-01 10:00:00 Starting up', '2024-05-01T10:00:00.000Z', {}, 'Starting up'],
  ],
};

describe('lines: headers', () => {
  for (const [kind, list] of Object.entries(cases)) {
    for (const [line, time, metadata, text] of list) {
      it(`${kind}: ${line.slice(0, 70)}`, () => {
        const [draft] = drafts(parseAll('lines', line, [], reference));
        expect({ time: new Date(draft!.time).toISOString(), metadata: draft!.metadata, text: draft!.text }).to.deep.equal({
          time,
          metadata,
          text,
        });
      });
    }
  }

  it('takes no component from prose without a stamp', () => {
    for (const line of ['hello world', 'Error opening file', 'x: y', 'the value [5] is odd', '3 of 4 done', '- item', '{ not json']) {
      const [draft] = drafts(parseAll('lines', line));
      expect([draft!.text, draft!.metadata]).to.deep.equal([line, {}]);
    }
  });
});
