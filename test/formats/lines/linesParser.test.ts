// One file, because it is a table: a line of each kind, and what it says.
import { expect } from 'chai';
import { at, check, type Wanted } from '../../support/formats/readKinds.ts';
import { drafts, parseAll } from '../parse.ts';

describe('one line of each kind of logger', () => {
  const lines: Record<string, [line: string, wanted: Wanted]> = {
    'a bracket that holds the level and the process too': [
      '[2024-05-01 10:00:00,250: WARNING/Worker-3] Task mail.send[9c] was slow',
      { time: '2024-05-01T10:00:00.250Z', level: 'WARN', text: 'Task mail.send[9c] was slow' },
    ],
    'a letter and a place in a file, of a compiler': [
      'e: file:///home/ci/app/Main.kt:12:5 Unresolved reference: foo',
      { level: 'ERROR', text: 'file:///home/ci/app/Main.kt:12:5 Unresolved reference: foo' },
    ],
    'a name with a digit in front of a level': ['2024-05-01T10:00:00: PM2 error: App [api] exited', { level: 'ERROR' }],
    'a number of an error behind the level, of a compiler': [
      'error[E0382]: borrow of moved value',
      { level: 'ERROR', text: 'borrow of moved value' },
    ],
    'a place, a level and its number, of a compiler': ["Program.cs(12,5): error CS0103: The name 'x' does not exist", { level: 'ERROR' }],
    'a path whose last part ends in a digit, and a thread with a dash': [
      '2024-05-01 10:00:00,123 ERROR [org.example.ejb3] (EJB default - 1) call failed',
      { level: 'ERROR', group: 'org.example.ejb3', text: 'call failed' },
    ],
    'a context between name and dash': [
      '2024-05-01 10:00:00,123 [12] ERROR Orders.Worker (null) - payment failed',
      { level: 'ERROR', group: 'Orders.Worker', text: 'payment failed' },
    ],
    'a letter and a colon in prose': ['e: 12 of 20', { level: null, text: 'e: 12 of 20' }],
    'a bracket with level and module': [
      '[2024-05-01T10:00:00Z WARN  store::disk] nearly full',
      { time: at('10:00:00'), level: 'WARN', group: 'store::disk', text: 'nearly full' },
    ],
    'a clock and a level of three letters': ['[10:00:00 ERR] no answer', { time: at('10:00:00'), level: 'ERROR', text: 'no answer' }],
    'a letter in front of the clock, in its bracket': [
      '[W 10:00:00.000 ServerApp] no token',
      { time: at('10:00:00'), level: 'WARN', text: 'no token' },
    ],
    'a letter and a comma in front of the bracket': [
      'W, [2024-05-01T10:00:00.000000 #88]  WARN -- : queue grows',
      { time: at('10:00:00'), level: 'WARN', text: 'queue grows' },
    ],
    'a level and a thread of two words in front of the stamp': [
      'ERROR [Read Stage-7] 2024-05-01 10:00:00,000 Daemon.java:31 - disk is gone',
      { time: at('10:00:00'), level: 'ERROR', text: 'disk is gone' },
    ],
    'a level between tabs': ['2024-05-01T10:00:00Z\twarn\tfeed.reader\ttwo behind\t{"n":2}', { level: 'WARN', group: 'feed.reader' }],
    'a source file between tabs': [
      '2024-05-01T10:00:00Z\terror\tqueue/send.go:17\tgave up',
      { level: 'ERROR', group: null, text: 'gave up' },
    ],
    'a level glued behind a channel': [
      '[2024-05-01 10:00:00] staging.CRITICAL: out of seats',
      { level: 'FATAL', group: 'staging', text: 'out of seats' },
    ],
    'a module and level in one bracket': [
      '[Wed May 01 10:00:00.000000 2024] [cache:warn] [pid 12] key is old',
      { time: at('10:00:00'), level: 'WARN', text: 'key is old' },
    ],
    'a thread and level in one bracket': ['[10:00:00] [Main thread/WARN]: chunk is late', { level: 'WARN', text: 'chunk is late' }],
    'seconds since the start behind a cut level': ['WARN[0007] no swap                    host=a', { level: 'WARN' }],
    'a severity and mnemonic of a device': [
      '<189>77: May  1 10:00:00.000: %LINK-3-DOWN: port 4 is down',
      { time: at('10:00:00'), level: 'ERROR', text: '%LINK-3-DOWN: port 4 is down' },
    ],
    'a level of a build server': ['2024-05-01T10:00:00.0000000Z ##[warning]cache is empty', { level: 'WARN', text: 'cache is empty' }],
    'words with a level in them': [
      '[01-May-2024 10:00:00 UTC] PHP Parse error:  unexpected end in /a.php',
      { level: 'ERROR', text: 'unexpected end in /a.php' },
    ],
    'a level between bars': ['2024-05-01 10:00:00.0000|WARN|Shop.Cart|no stock', { level: 'WARN', group: 'Shop.Cart', text: 'no stock' }],
    'columns of hexadecimals': [
      '2024-05-01 10:00:00.000000+0000 0x2f     Fault       0x0     88     0    syncd: (Net) gave up',
      { group: 'syncd' },
    ],
    'angle brackets all along': [
      '####<May 1, 2024 10:00:00,000 AM UTC> <Warning> <JMS> <h1> <S1> <[ACTIVE] Q> <> <> <> <171> <XX-1> <queue is long>',
      { time: at('10:00:00'), level: 'WARN', group: 'JMS', text: 'queue is long' },
    ],
    'braces in front of the level': [
      '2024.05.01 10:00:00.000000 [ 31 ] {q-9} <Warning> mergeTree: part is old',
      { level: 'WARN', text: 'part is old' },
    ],
    'a program with a process by name': [
      '2024-05-01T10:00:00+00:00 shop[worker.2]: job 4 is done',
      { group: 'shop[worker.2]', text: 'job 4 is done' },
    ],
    'a host that is an address': ['May  1 10:00:00 10.1.2.3 named[7]: zone is old', { group: 'named', text: 'zone is old' }],
    'an address behind the stamp': ['2024-05-01 10:00:00 10.11.12.13 asked', { time: at('10:00:00'), text: '10.11.12.13 asked' }],
    'pairs in front of the level': ['2024-05-01T10:00:00.000Z pid=3 tid=x WARN: retry', { level: 'WARN', text: 'retry' }],
    'a level written in small letters behind a stamp': ['2024-05-01 10:00:00 fatal no space', { level: 'FATAL', text: 'no space' }],
    'a level in another language': [
      '01.05.2024 10:00:00 FEHLER: Platte voll',
      { time: at('10:00:00'), level: 'ERROR', text: 'Platte voll' },
    ],
    'a month in another language': ['1 mai 2024 10:00:00 INFO début', { time: at('10:00:00'), text: 'début' }],
    'a month and year in dashes': [
      '01-May-2024 10:00:00.000 SEVERE [main] org.shop.core.Server.start no port',
      { level: 'ERROR', group: 'org.shop.core.Server.start' },
    ],
    'day and clock behind a colon': ['  31:20240501:100000.000 no agent', { time: at('10:00:00'), text: 'no agent' }],
    'a label of nanoseconds': ['@400000006632135a00000000 WARN slow', { time: '2024-05-01T10:02:56.000Z', level: 'WARN', text: 'slow' }],
    'a count inside a key': ['type=X msg=audit(1714557600.000:9): pid=3 uid=0 res=failed', { time: at('10:00:00') }],
    'day and clock in two pairs': [
      'date=2024-05-01 time=10:00:00 level="critical" type="vpn" action="down"',
      { time: at('10:00:00'), level: 'FATAL' },
    ],
    'the first count of many columns': [
      '2 99 eni-1 10.0.0.1 10.0.0.2 1 2 6 1 840 1714557600 1714557660 REJECT OK',
      { time: at('10:00:00') },
    ],
    'a clock with the day behind it': ['10:00:00 2024-05-01 WARN late', { time: at('10:00:00'), level: 'WARN', text: 'late' }],
    'the date command': ['Wed May  1 10:00:00 UTC 2024 INFO run', { time: at('10:00:00'), level: 'INFO', text: 'run' }],
    'a date of JavaScript': ['Wed May 01 2024 12:00:00 GMT+0200 started', { time: at('10:00:00') }],
    'a number behind the word error': ['2024-05-01 10:00:00.00 Logon       Error: 18, Severity: 14', { level: null, group: 'Logon' }],
    'a kind of message that is no level': ['[1714557600] HOST ALERT: web;DOWN', { time: at('10:00:00'), level: null }],
    colours: [
      '\u001b[90m2024-05-01T10:00:00Z\u001b[0m \u001b[31mERROR\u001b[0m \u001b[1mdoor\u001b[0m is open',
      { level: 'ERROR', text: 'door is open' },
    ],
    'a request by its id, which is no group': [
      'E, [2024-05-01T10:00:00.000000 #3] ERROR -- : [d0daea4a] lost',
      { level: 'ERROR', group: null, text: 'lost' },
    ],
    'a location, which is no group': ['E0501 10:00:00.000000   7 loop.go:14] lost', { level: 'ERROR', group: null, text: 'lost' }],
    'an event of a firewall': [
      'May  1 10:00:00 fw CEF:0|Acme|Gate|1|7|login failed|9|src=10.0.0.1 msg=three times',
      { level: 'FATAL', group: 'Gate', text: 'login failed: three times' },
    ],
    'fields of RFC 5424 without a priority': [
      '2024-05-01T10:00:00.000Z web shopd 9 ID4 [m@1 a="b"] lost',
      { group: 'shopd', text: 'lost' },
    ],
    'a year in front of the name of the month': ['2024 May 01 10:00:00:000 GMT +2 up', { time: at('08:00:00'), text: 'up' }],
    'the day of the year': ['2024-122T10:00:00Z WARN late', { time: at('10:00:00'), level: 'WARN', text: 'late' }],
    'the day of the year between points': ['2024.122.10:00:00 WARN late', { time: at('10:00:00'), level: 'WARN', text: 'late' }],
    'the day of the year in five digits': ['N 4000000 SYS1     24122 10:00:00.00 JOB77 IEF1 ENDED', { time: at('10:00:00') }],
    'a day of the year that there is not': ['2023-366T10:00:00Z WARN late', { time: '2024-05-01T12:00:00.000Z' }],
    'a clock with a zone, and the day behind it': ['[10:00:00 UTC, 1 May 2024] WARN late', { time: at('10:00:00'), level: 'WARN' }],
    'a count of messages that is a time': ['1714557600: New client', { time: at('10:00:00'), text: 'New client' }],
    'a thread, and how much is written': [
      '2024-05-01T10:00:00.000+0000 7f0a1b2c3d40 -1 mds.0 no heartbeat',
      { level: null, text: 'mds.0 no heartbeat' },
    ],
    'a facility in front of a program': ['Wed May  1 10:00:00 2024 kern.warn kernel: [7.1] slow', { level: 'WARN', group: 'kernel' }],
    'the number of a message with its severity': [
      'May  1 10:00:00 h1 genunix: [ID 7 kern.warning] slow disk',
      { level: 'WARN', group: 'genunix', text: 'slow disk' },
    ],
    'a report of a crash': ['=CRASH REPORT==== 1-May-2024::10:00:00 ===', { time: at('10:00:00'), level: 'ERROR' }],
    'a column between tabs': ['build\tRun all tests\t2024-05-01T10:00:00.0000000Z ##[error]exit 1', { level: 'ERROR', text: 'exit 1' }],
    'a tag between tabs, and a record': [
      '2024-05-01T10:00:00+00:00\tkube.cart\t{"log":"WARN slow","stream":"stderr"}',
      { level: 'WARN', group: 'kube.cart', text: 'slow' },
    ],
    'the hash of a forwarder': [
      '[0] kube.cart: [[1714557600.000000000, {}], {"log"=>"WARN slow", "n"=>nil}]',
      { time: at('10:00:00'), level: 'WARN', group: 'kube.cart', text: 'slow' },
    ],
    'a task of a swarm': ['shop_cart.2.k3jd8fj3kd9fabcd@node-1    | 2024-05-01T10:00:00Z WARN slow', { group: 'shop_cart', text: 'slow' }],
    'a letter, a file and a line': [
      '2024-05-01 10:00:00.000000: W core/platform/loader.cc:12] no library',
      { time: at('10:00:00'), level: 'WARN', text: 'no library' },
    ],
    'seconds in the place of the day of a logger that is not set up': [
      'E0000 00:00:1714557600.000000    12 gpu.cc:1] odd',
      { time: at('10:00:00'), level: 'ERROR', text: 'odd' },
    ],
    'words with a level in capitals': ['May  1 10:00:00 pc shell[12]: JS ERROR: x is null', { level: 'ERROR', group: 'shell' }],
    'a message in front of pairs in a column': [
      'INFO[2024-05-01T10:00:00Z] paid                                          order=18',
      { level: 'INFO', group: null },
    ],
    'a program and a level in capitals': ['npm ERR! code E1', { level: 'ERROR', text: 'npm ERR! code E1' }],
    'a level behind signs': ['2024-05-01 10:00:00 *** ERROR => no memory', { level: 'ERROR', text: 'no memory' }],
    'a level behind a sign in the message': ['[7] ! WARNING: one worker', { level: 'WARN' }],
    'an empty part in front of a level': ['[Wed May 01 10:00:00 2024] [:error] [pid 12] lost', { level: 'ERROR', text: 'lost' }],
    'a device behind a year': [
      '2024 May  1 10:00:00 sw1 %ETH-3-DOWN: port 4 is down',
      { level: 'ERROR', text: '%ETH-3-DOWN: port 4 is down' },
    ],
    'a message behind its length': [
      '83 <11>1 2024-05-01T10:00:00.000Z h1 su 12 - - no',
      { time: at('10:00:00'), level: 'ERROR', group: 'su', text: 'no' },
    ],
    'facility and severity behind the host': [
      '2024-05-01T10:00:00+00:00 h1 user.err cart[12]: lost',
      { level: 'ERROR', group: 'cart', text: 'lost' },
    ],
    'a host of several parts': ['May  1 10:00:00 U7,0123,v4.0 hostapd: gone', { group: 'hostapd', text: 'gone' }],
    'day, clock and a zone by name in pairs': [
      'date=2024-05-01 time=12:00:00 timezone="CEST" priority=Warning a=b',
      { time: at('10:00:00'), level: 'WARN' },
    ],
    'day, clock and a zone that is none': ['date=2024-04-30 time=10:00:00 timezone="XYZ" a=b c=d', { time: '2024-04-30T10:00:00.000Z' }],
    'pairs between tabs': ['level=error\tts=1714557600.5\tmsg="x y"', { time: '2024-05-01T10:00:00.500Z', level: 'ERROR', text: 'x y' }],
    'a padded name behind a letter and a slash': ['I/flutter ( 1234): hello', { level: 'INFO', group: 'flutter', text: 'hello' }],
    'a record of JSON behind its separator': [
      `${'\u001e'.repeat(3)}{"time":"2024-05-01T10:00:00Z","level":"warn","msg":"x"}`,
      { level: 'WARN', text: 'x' },
    ],
    'a record of JSON with a comma to spare': [
      '{"time":"2024-05-01T10:00:00Z","level":"warn","msg":"x, }"},',
      { level: 'WARN', text: 'x, }' },
    ],
    'a number and a bar in front of a name': ['12|cart  | 2024-05-01T10:00:00: slow', { time: at('10:00:00'), text: 'slow' }],
    'a runner and its stream': ['2024-05-01T10:00:00.000000Z 01E ERROR: job failed', { level: 'ERROR', text: 'job failed' }],
    'a time in a message to the terminal': ['\u001b_bk;t=1714557600000\u0007Error: exit 1', { time: at('10:00:00'), level: 'ERROR' }],
    'prose that begins with a word for a level': ['2024-05-01 10:00:00 Error opening file', { level: null, text: 'Error opening file' }],
    'a date in the midst of prose': ['the certificate of mail.example expires 2031-01-01 00:00:00', { time: '2024-05-01T12:00:00.000Z' }],
  };
  for (const [name, [line, wanted]] of Object.entries(lines)) it(name, () => check(`${line}\n`, [wanted]));
});

describe('one record of each kind in JSON', () => {
  const records: Record<string, [record: unknown, wanted: Wanted]> = {
    'a date within an object': [
      { t: { $date: '2024-05-01T12:00:00+02:00' }, s: 'W', c: 'REPL', msg: 'lag' },
      { time: at('10:00:00'), level: 'WARN', group: 'REPL', text: 'lag' },
    ],
    'seconds and nanoseconds': [
      { instant: { epochSecond: 1714557600, nanoOfSecond: 0 }, level: 'ERROR', loggerName: 'a.B', message: 'x' },
      { time: at('10:00:00'), group: 'a.B' },
    ],
    'a date of .NET': [
      { TimeCreated: '/Date(1714557600000)/', LevelDisplayName: 'Warnung', Message: 'x' },
      { time: at('10:00:00'), level: 'WARN', text: 'x' },
    ],
    'parts of a date': [{ timestamp: [2024, 5, 1, 10, 0], level: 'warn', message: 'x' }, { time: at('10:00:00') }],
    'names with a sign': [
      { '@t': '2024-05-01T10:00:00Z', '@mt': 'order {Id}', '@l': 'Fatal' },
      { time: at('10:00:00'), level: 'FATAL', text: 'order {Id}' },
    ],
    'tens, and a name': [
      { level: 40, time: 1714557600000, pid: 1, name: 'shop', msg: 'x' },
      { level: 'WARN', group: 'shop', text: 'x' },
    ],
    'a severity of syslog': [
      { version: '1.1', short_message: 'x', level: 3, timestamp: 1714557600, _service: 'cart' },
      { level: 'ERROR', group: 'cart', text: 'x' },
    ],
    'names with points': [
      { '@timestamp': '2024-05-01T10:00:00Z', 'log.level': 'error', 'service.name': 'cart', message: 'x' },
      { level: 'ERROR', group: 'cart' },
    ],
    'the same, nested': [
      { '@timestamp': '2024-05-01T10:00:00Z', log: { level: 'error', logger: 'a.B' }, service: { name: 'cart' }, message: 'x' },
      { level: 'ERROR', group: 'cart' },
    ],
    'a message one level down': [
      {
        timestamp: '2024-05-01T10:00:00Z',
        severity: 'ERROR',
        jsonPayload: { message: 'x' },
        resource: { labels: { container_name: 'pay' } },
      },
      { level: 'ERROR', group: 'pay', text: 'x' },
    ],
    'fields one level down': [
      { timestamp: '2024-05-01T10:00:00Z', level: 'INFO', fields: { message: 'x', n: 3 }, target: 'a::b' },
      { group: 'a::b', text: 'x' },
    ],
    'a field that is no time': [
      { time: 'soon', level: 'info', msg: 'x' },
      { time: '2024-05-01T12:00:00.000Z', text: 'x' },
    ],
    'a level that is none': [
      { requestReceivedTimestamp: '2024-05-01T10:00:00Z', level: 'Metadata', verb: 'list' },
      { time: at('10:00:00'), level: null },
    ],
    'a line of a program in a shipper': [
      { '@timestamp': '2024-05-01T10:00:00Z', message: '2024-05-01 18:00:00.000 ERROR a.b.C - lost' },
      { time: at('10:00:00'), level: 'ERROR', group: 'a.b.C', text: 'lost' },
    ],
    'a line of a program in a pod': [
      { date: 1714557600, stream: 'stderr', log: 'WARN slow', kubernetes: { pod_name: 'cart-6b7c8d9e1-abcde' } },
      { level: 'WARN', group: 'cart', text: 'slow' },
    ],
    'a level of the message over that of the transport': [
      { __REALTIME_TIMESTAMP: '1714557600000000', PRIORITY: '6', SYSLOG_IDENTIFIER: 'cart', MESSAGE: 'ERROR lost' },
      { level: 'ERROR', group: 'cart', text: 'lost' },
    ],
    'a program beside its facility': [
      { '@timestamp': '2024-05-01T10:00:00Z', severity: 'err', facility: 'daemon', programname: 'dockerd', message: 'x' },
      { level: 'ERROR', group: 'dockerd' },
    ],
    'a container two levels down, and a level in front of a stamp': [
      {
        '@timestamp': '2024-05-01T10:00:00Z',
        message: '[ERROR] 2024-05-01 10:00:00 lost',
        kubernetes: { namespace: 'shop', container: { name: 'cart' } },
      },
      { level: 'ERROR', group: 'shop/cart', text: 'lost' },
    ],
    'an error without a level': [
      { eventTime: '2024-05-01T10:00:00Z', eventName: 'Drop', errorCode: 'Denied' },
      { time: at('10:00:00'), level: 'ERROR' },
    ],
  };
  for (const [name, [record, wanted]] of Object.entries(records)) it(name, () => check(`${JSON.stringify(record)}\n`, [wanted]));

  it('numbers that JSON has not', () =>
    check('{"ts":"2024-05-01T10:00:00Z","msg":"NaN stays","loss":NaN,"m":[-Infinity]}\n', [{ text: 'NaN stays' }]));

  it('numbers that rise are no alerts', () => {
    const line = (level: number) => JSON.stringify({ time: '2024-05-01T10:00:00Z', level, message: 'x' });
    check(`${[1, 1, 2, 1, 3].map(line).join('\n')}\n`, [
      { level: 'INFO' },
      { level: 'INFO' },
      { level: 'WARN' },
      { level: 'INFO' },
      { level: 'ERROR' },
    ]);
  });
});

describe('documents', () => {
  const two = [
    { timestamp: '2024-05-01T10:00:00Z', level: 'warn', message: 'a' },
    { timestamp: '2024-05-01T10:00:01Z', level: 'error', message: 'b' },
  ];
  const wanted = [
    { time: at('10:00:00'), level: 'WARN', text: 'a' },
    { time: at('10:00:01'), level: 'ERROR', text: 'b' },
  ];
  const documents: Record<string, unknown> = {
    'an array': two,
    'a list in an object': { events: two, searched: [] },
    'a list two levels down': { hits: { total: 2, hits: two.map((record) => ({ _id: '1', _source: record })) } },
  };
  for (const [name, document] of Object.entries(documents)) {
    it(`${name} is unpacked, on one line or many`, () => {
      check(JSON.stringify(document), wanted);
      check(`${JSON.stringify(document, null, 2)}\n`, wanted);
    });
  }

  it('records printed over several lines are records', () =>
    check(two.map((record) => JSON.stringify(record, null, 4)).join('\n'), wanted));

  it('records of OpenTelemetry have the name of their service', () => {
    const logRecords = two.map(({ message }, i) => ({
      timeUnixNano: `171455760${i}000000000`,
      severityNumber: 13 + 4 * i,
      body: { stringValue: message },
    }));
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'cart' } }] };
    check(
      JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] }),
      wanted.map((one) => ({ ...one, group: 'cart' })),
    );
  });

  it('each record has a place of its own', () => {
    const offsets = drafts(parseAll('auto', `${JSON.stringify(two, null, 2)}\n`)).map(({ offset, line }) => [offset, line]);
    expect(offsets).to.deep.equal([
      [4, 2],
      [94, 7],
    ]);
  });

  it('a document that never ends is read as lines', () =>
    check('[\n{"time":"2024-05-01T10:00:00Z","msg":"a"},\n2024-05-01 10:00:01 INFO b\n', [{}, {}, { text: 'b' }]));
});

describe('lines of one file that are of several kinds', () => {
  it('a panic between records in JSON stands by itself, at the time of its neighbour', () => {
    const json = (time: string) => JSON.stringify({ time: `2024-05-01T${time}Z`, level: 'INFO', msg: 'up' });
    check(
      `${json('10:00:00')}\npanic: index out of range\n\ngoroutine 7 [running]:\nmain.run(0x1)\n\t/a.go:3 +0x1\nexit status 2\n${json('10:00:09')}\n`,
      [{ level: 'INFO', text: 'up' }, { time: at('10:00:00'), level: 'FATAL' }, { time: at('10:00:09') }],
    );
  });

  it('a banner and progress in front of JSON', () =>
    check('Listening on 5005\n{"ts":"2024-05-01T10:00:00Z","level":"warn","msg":"x"}\n', [
      { time: at('10:00:00'), text: 'Listening on 5005' },
      { level: 'WARN' },
    ]));

  it('a last line that is cut off', () =>
    check('{"ts":"2024-05-01T10:00:00Z","msg":"x"}\n{"ts":"2024-05-01T10:0', [{ text: 'x' }, { text: '{"ts":"2024-05-01T10:0' }]));

  it('days come first where one line says so', () =>
    check('03/04/2024 10:00:00 INFO a\n03/04/2024 10:00:01 INFO b\n13/04/2024 10:00:00 INFO c\n', [
      { time: '2024-04-03T10:00:00.000Z' },
      { time: '2024-04-03T10:00:01.000Z' },
      { time: '2024-04-13T10:00:00.000Z' },
    ]));

  it('the year of two digits is where no day lies after the file', () =>
    check('04/30/24 10:00:00 - up\n', [{ time: '2024-04-30T10:00:00.000Z' }]));

  it('a date in the text of stamped lines is text', () => {
    const lines = [
      '10:00:00 INFO report 2031-01-01 00:00:00 made',
      '10:00:01 INFO report 2031-01-02 00:00:00 made',
      'note of 2031-01-03 00:00:00',
    ];
    check(`${lines.map((line, i) => (i < 2 ? `2024-05-01 ${line}` : line)).join('\n')}\n`, [
      { time: at('10:00:00') },
      { time: at('10:00:01') },
      { time: at('10:00:01'), text: 'note of 2031-01-03 00:00:00' },
    ]);
  });
});

describe('records of JSON', () => {
  const wanted = [
    { time: at('10:00:00'), level: 'WARN', text: 'a' },
    { time: at('10:00:01'), level: 'ERROR', text: 'b}{' },
  ];
  const two = ['{"time":"2024-05-01T10:00:00Z","level":"warn","msg":"a"}', '{"time":"2024-05-01T10:00:01Z","level":"error","msg":"b}{"}'];

  it('one behind the other on a line are each one', () => check(`${two.join('')}\n`, wanted));

  it('in a list with a comma to spare are unpacked', () => check(`[\n${two.map((record) => `${record},\n`).join('')}]\n`, wanted));
});
