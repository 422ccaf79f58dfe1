import { expect } from 'chai';
import { drafts, isoTimes, parseAll, refusals, texts } from '../parse.ts';

const event = { id: 'e1', timestamp: '2024-05-01T10:00:00Z', source: 's', group_id: 's:g', text: 'hello', metadata: { level: 'INFO' } };

describe('ndjson', () => {
  it('keeps a canonical event as it is', () => {
    const [draft] = drafts(parseAll('ndjson', JSON.stringify(event)));
    expect(draft!.event).to.deep.equal(event);
    expect(draft!.time).to.equal(Date.UTC(2024, 4, 1, 10));
  });

  it('moves the stamp of a canonical event to UTC', () => {
    const [draft] = drafts(parseAll('ndjson', JSON.stringify({ ...event, timestamp: '2024-05-01T12:00:00+02:00' })));
    expect(draft!.event!.timestamp).to.equal('2024-05-01T10:00:00.000Z');
  });

  const refused: [string, string, string][] = [
    ['a line that is cut off', '{"a":1', 'broken JSON: it ends too soon, at column 7'],
    ['a comma too many', '{"a":1,}', 'broken JSON at column 8'],
    ['a bare word', '{"a":nul}', 'broken JSON at column 6'],
    ['a control character', '{"a":"\u0001"}', 'broken JSON at column 6'],
    ['something behind the object', '{"a":1} x', 'broken JSON at column 9'],
    ['text', 'hello', 'broken JSON at column 1'],
    ['an array', '[1]', 'not a JSON object'],
    [
      'a time that is none',
      JSON.stringify({ ...event, timestamp: '2024-02-30T10:00:00Z' }),
      'timestamp "2024-02-30T10:00:00Z" is not a time',
    ],
    ['an id with a path in it', JSON.stringify({ ...event, id: '../x' }), 'id "../x" is not safe in a path'],
    ['an empty id', JSON.stringify({ ...event, id: '' }), 'id is empty'],
    ['a bottomless nest', `{"a":${'['.repeat(300)}${']'.repeat(300)}}`, 'nested too deep'],
  ];
  for (const [name, line, reason] of refused) {
    it(`rejects ${name} and goes on`, () => {
      const items = parseAll('ndjson', `${JSON.stringify(event)}\n${line}\n${JSON.stringify(event)}\n`);
      const [refusal] = refusals(items);
      expect(refusal!.reason).to.satisfy((given: string) => given.startsWith(reason), refusal!.reason);
      expect(refusal!.line).to.equal(2);
      expect(texts(items)).to.deep.equal(['hello', 'hello']);
    });
  }

  it('finds the fields of other loggers by their names', () => {
    const lines = [
      { time: 1714557600123, level: 30, msg: 'pino', pid: 7, hostname: 'h' },
      { '@timestamp': '2024-05-01T10:00:00.123Z', message: 'logstash', logger_name: 'a.B', level: 'WARN' },
      { ts: 1714557600.123, logger: 'zap', msg: 'zap' },
      { eventTime: '1714557600123000', log: 'text\n', severity: 'ERROR' },
      { timestamp: '2024-05-01 10:00:00,123', event: 'structlog' },
    ];
    const found = drafts(parseAll('ndjson', lines.map((line) => JSON.stringify(line)).join('\n')));
    expect(found.map(({ text }) => text)).to.deep.equal(['pino', 'logstash', 'zap', 'text', 'structlog']);
    expect(new Set(found.map(({ time }) => time))).to.deep.equal(new Set([1714557600123]));
    expect(found[0]!.metadata).to.deep.equal({ pid: 7, hostname: 'h', level: 'INFO' });
    expect(found.map(({ logicalId }) => logicalId)).to.deep.equal([undefined, 'a.B', 'zap', undefined, undefined]);
  });

  it('keeps a field that is no time, and gives the record the time of the one before', () => {
    const [, draft] = drafts(parseAll('ndjson', '{"ts":1714557600,"msg":"a"}\n{"time":"soon","msg":"x"}\n'));
    expect(draft).to.include({ time: 1714557600000, text: 'x' });
    expect(draft!.metadata).to.deep.equal({ time: 'soon' });
  });

  it('takes the fields it is told to', () => {
    const format = { ndjson: { fields: { timestamp: 'meta.at', text: 'what', id: 'key', group: 'who' } } };
    const [draft] = drafts(parseAll(format, '{"meta":{"at":"2024-05-01T10:00:00Z"},"what":"x","key":"k1","who":"g","msg":"other"}'));
    expect(draft).to.include({ text: 'x', id: 'k1', groupId: 'g', time: Date.UTC(2024, 4, 1, 10) });
    expect(draft!.metadata).to.deep.equal({ meta: { at: '2024-05-01T10:00:00Z' }, msg: 'other' });
  });

  it('treats __proto__ as data', () => {
    const [draft] = drafts(parseAll('ndjson', '{"msg":"x","__proto__":{"polluted":true}}'));
    expect(JSON.stringify(draft!.metadata)).to.equal('{"__proto__":{"polluted":true}}');
    expect(Object.getPrototypeOf(draft!.metadata)).to.equal(Object.prototype);
    expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
  });

  it('describes a record without a message by its fields', () => {
    expect(texts(parseAll('ndjson', '{"time":1714557600,"user":"ann","amount":3}'))).to.deep.equal(['user=ann amount=3']);
  });

  it('gives a record without a time that of the one before, and the first ones that of the first timed', () => {
    const times = isoTimes(parseAll('ndjson', '{"msg":"a"}\n{"msg":"b","ts":1714557600}\n{"msg":"c"}\n'));
    expect(times).to.deep.equal(Array(3).fill('2024-05-01T10:00:00.000Z'));
    expect(isoTimes(parseAll('ndjson', '{"msg":"a"}', [], Date.UTC(2024, 0, 1)))).to.deep.equal(['2024-01-01T00:00:00.000Z']);
  });

  it('keeps lines with bytes that are no UTF-8, marked, and a mark of its own only there', () => {
    const bytes = Buffer.concat([Buffer.from('\uFEFF{"msg":"a'), Buffer.from([0xff]), Buffer.from('"}\r\n{"msg":"\uFFFD"}\n')]);
    const found = drafts(parseAll('ndjson', bytes));
    expect(found.map(({ text, metadata }) => [text, metadata])).to.deep.equal([
      ['a\uFFFD', { invalid_utf8: true }],
      ['\uFFFD', {}],
    ]);
  });
});

describe('fields of JSON records', () => {
  const reference = Date.UTC(2024, 5, 10);
  const read = (record: unknown) => drafts(parseAll('auto', `${JSON.stringify(record)}\n`, [], reference))[0]!;
  const hour = Date.UTC(2024, 5, 3, 10);

  it('source and group of others are no source or group of ours', () => {
    const draft = read({ time: hour, msg: 'lost', source: 'auth.js:12', group: 'wheel' });
    expect([draft.source, draft.groupId]).to.deep.equal([undefined, undefined]);
  });

  it('a time within an object is the time where there is none outside', () =>
    expect(read({ metadata: { eventType: 'x', eventCreationTime: hour }, event: { name: 'y' } }).time).to.equal(hour));

  it('of the times of a request the first one counts', () =>
    expect(read({ RequestPath: '/x', EdgeEndTimestamp: '2024-06-03T10:00:09Z', EdgeStartTimestamp: '2024-06-03T10:00:00Z' }).time).to.equal(
      hour,
    ));

  it('a stamp may stand in brackets', () => expect(read({ time: '[03/Jun/2024:10:00:00 +0000]', request: '/x' }).time).to.equal(hour));

  it('an object with a time and a list is one record', () =>
    expect(read({ transaction: { time_stamp: 'Mon Jun  3 10:00:00 2024', messages: [{ message: 'x' }] } }).time).to.equal(hour));

  it('a body of OpenTelemetry is the text, a severity level a level', () => {
    expect(read({ timeUnixNano: `${hour}000000`, body: { stringValue: 'lost' } }).text).to.equal('lost');
    expect(read({ time: hour, Message: 'lost', SeverityLevel: 3 }).metadata.level).to.equal('ERROR');
  });
});
