import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonObject } from '../../src/event.ts';
import { Redactor } from '../../src/redact/redactor.ts';
import type { EventSignal, RejectedSignal } from '../../src/signal.ts';
import { event, eventSignal } from '../support/storeFixture.ts';

const secrets = () => new Redactor(['secrets']);
const withMetadata = (metadata: JsonObject): EventSignal => eventSignal({ ...event('a', 1), metadata });
const metadataOf = (metadata: JsonObject, redactor = secrets()) => (redactor.record(withMetadata(metadata)) as EventSignal).event.metadata;

describe('Redactor', () => {
  it('hands back the very record when there is nothing to mask', () => {
    const signal = withMetadata({ level: 'INFO', pid: 7, nested: { list: [1, 'x'] } });
    expect(secrets().record(signal)).to.equal(signal);
    expect(new Redactor([]).record(eventSignal(event('a', 1, 'g', 'password=x1')))).to.have.nested.property('event.text', 'password=x1');
  });

  describe('metadata', () => {
    const table: [given: JsonObject, masked: JsonObject][] = [
      [
        { password: 'hunter2', user: 'bob' },
        { password: '[redacted:secret]', user: 'bob' },
      ],
      [{ password: 12345678 }, { password: '[redacted:secret]' }],
      [
        { apiKey: 'abcdef', api_key_id: 'k1' },
        { apiKey: '[redacted:secret]', api_key_id: 'k1' },
      ],
      [{ usage: { total_tokens: 812, max_tokens: 4096 } }, { usage: { total_tokens: 812, max_tokens: 4096 } }],
      [{ token: 7 }, { token: 7 }],
      [{ headers: { authorization: 'abc12345', accept: '*/*' } }, { headers: { authorization: '[redacted:secret]', accept: '*/*' } }],
      [
        { credentials: { user: 'bob', pin: ['1a', null, true] } },
        { credentials: { user: '[redacted:secret]', pin: ['[redacted:secret]', null, true] } },
      ],
      [{ argv: ['--password=hunter2', '-v'] }, { argv: ['--password=[redacted:secret]', '-v'] }],
      [{ url: 'redis://:pw1@cache' }, { url: 'redis://:[redacted:password]@cache' }],
      [{ password: '' }, { password: '' }],
      [
        { password: null, secret: false },
        { password: null, secret: false },
      ],
    ];
    for (const [given, masked] of table)
      it(`${JSON.stringify(given)} becomes ${JSON.stringify(masked)}`, () => expect(metadataOf(given)).to.deep.equal(masked));

    it('keeps the order of the fields, and __proto__ as a field', () => {
      const given = JSON.parse('{"a":1,"__proto__":{"password":"x1"},"b":2}') as JsonObject;
      const masked = metadataOf(given);
      expect(JSON.stringify(masked)).to.equal('{"a":1,"__proto__":{"password":"[redacted:secret]"},"b":2}');
      expect(({} as { password?: string }).password).to.equal(undefined);
    });

    it('that is as deep as a stack is cut off, not a crash', () => {
      let deep: JsonObject = { password: 'hunter2' };
      for (let i = 0; i < 10_000; i += 1) deep = { deep };
      expect(JSON.stringify(metadataOf(deep)))
        .to.contain('[redacted:too-deep]')
        .and.not.contain('hunter2');
    });
  });

  it('masks id, source and group too, and keeps ids apart', () => {
    const one = secrets().record(eventSignal({ ...event('token=a1b2c3d4', 1, 'app:password=x1'), source: 'apikey=q1' })) as EventSignal;
    const two = secrets().record(eventSignal(event('token=zzzz9999', 1))) as EventSignal;
    expect(JSON.stringify(one)).to.not.match(/a1b2c3d4|x1|q1/);
    expect(one.event.id).to.not.equal(two.event.id);
    expect(one.key).to.equal(one.event.group_id);
  });

  it('masks the original and the reason of a rejected record', () => {
    const rejected: RejectedSignal = {
      kind: 'rejected',
      time: 0,
      key: '',
      rejected: { source: 's', reason: '"password=x1" is not a time', place: {}, original: '{"password":"x1"' },
    };
    expect(JSON.stringify(secrets().record(rejected))).to.not.contain('x1');
  });

  it('lets no reason quote what was masked in the original', () => {
    const rejected: RejectedSignal = {
      kind: 'rejected',
      time: 0,
      key: '',
      rejected: { source: 's', reason: 'broken at column 13: unexpected "\\"x1"', place: {}, original: '{"password":"x1' },
    };
    expect((secrets().record(rejected) as RejectedSignal).rejected.reason).to.equal('broken at column 13: unexpected "..."');
  });

  it('counts by kind, and a second time nothing', () => {
    const redactor = new Redactor(['secrets', 'emails', 'ips']);
    const once = redactor.record(eventSignal(event('a', 1, 'g', 'bob@example.org password=x1 from 10.0.0.1 and ::1')));
    expect(redactor.counts).to.deep.equal({ secrets: 1, emails: 1, ips: 2 });
    expect(redactor.record(once)).to.equal(once);
    expect(redactor.counts).to.deep.equal({ secrets: 1, emails: 1, ips: 2 });
  });

  it('lets no masked value survive anywhere in a record, whatever surrounds it (property)', () => {
    const secret = fc.stringMatching(/^[a-z]{4}[0-9]{4}[A-Z]{4}$/);
    const name = fc.constantFrom('password', 'dbPassword', 'api_key', 'X-Api-Key', 'client_secret', 'access_token', 'authorization');
    const shapes = fc.constantFrom<(n: string, s: string) => string>(
      (n, s) => `${n}=${s}`,
      (n, s) => `${n}="${s}"`,
      (n, s) => `{"${n}":"${s}"}`,
      (n, s) => `{\\"${n}\\": \\"${s}\\"}`,
      (n, s) => `${n}: ${s}`,
      (n, s) => `<${n}>${s}</${n}>`,
      (n, s) => `http://h/?${n}=${s}&x=1`,
    );
    fc.assert(
      fc.property(name, secret, shapes, fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (n, s, shape, before, after) => {
        const text = `${before} ${shape(n, s)} ${after}`;
        const record = eventSignal({ ...event('a', 1, 'g', text), metadata: { [n]: s, list: [{ [n]: [s] }], text } });
        expect(JSON.stringify(secrets().record(record))).to.not.contain(s);
      }),
      { numRuns: 500 },
    );
  });
});

describe('e-mail addresses and IP addresses, on request', () => {
  const mask = (text: string) => new Redactor(['emails', 'ips']).text(text);
  const table: [given: string, masked: string][] = [
    ['mail to bob.smith+x@mail.example.org.', 'mail to [redacted:email].'],
    ['<a@b.co>,c@d.io', '<[redacted:email]>,[redacted:email]'],
    ['image@2x.png1 a@localhost @handle user@', 'image@2x.png1 a@localhost @handle user@'],
    ['src: /10.250.19.102:54106', 'src: /[redacted:ip]:54106'],
    ['client:10.0.0.1', 'client:[redacted:ip]'],
    ['version 1.2.3 and 1.2.3.4.5 and 999.1.1.1', 'version 1.2.3 and 1.2.3.4.5 and 999.1.1.1'],
    ['[2001:db8::1]:443 and ::ffff:10.0.0.1', '[[redacted:ip]]:443 and [redacted:ip]'],
    ['at 12:34:56 on aa:bb:cc:dd:ee:ff std::vector', 'at 12:34:56 on aa:bb:cc:dd:ee:ff std::vector'],
    ['1:2:3:4:5:6:7:8', '[redacted:ip]'],
  ];
  for (const [given, masked] of table) it(`${given} becomes ${masked}`, () => expect(mask(given)).to.equal(masked));
});
