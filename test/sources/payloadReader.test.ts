import { expect } from 'chai';
import type { Event } from '../../src/event.ts';
import { PayloadReader } from '../../src/sources/payloadReader.ts';

const time = Date.UTC(2026, 2, 14);
const read = (body: string | Uint8Array, name = '0001') =>
  new PayloadReader('in', 'nats').read({ body: typeof body === 'string' ? Buffer.from(body) : body, name, time, group: 'orders.eu' });
const events = async (body: string, name?: string) =>
  (await read(body, name)).map((signal) => (signal.kind === 'event' ? signal.event : (signal as unknown as Event)));

describe('a message of a broker', () => {
  it('is a line of a log, at the time when it was taken, in the group of its subject', async () => {
    const [event] = await events('ERROR card declined for order 17\n');
    expect(event).to.deep.include({
      timestamp: '2026-03-14T00:00:00.000Z',
      source: 'in',
      group_id: 'in:orders.eu',
      text: 'card declined for order 17',
    });
    expect(event!.metadata).to.include({ level: 'ERROR' });
  });

  it('is a record in JSON, whose own time and group hold', async () => {
    const [event] = await events('{"timestamp":"2026-03-13T23:00:00Z","level":"warn","service":"shop","msg":"slow"}');
    expect(event).to.deep.include({ timestamp: '2026-03-13T23:00:00.000Z', group_id: 'in:shop', text: 'slow' });
  });

  it('is several records, as a list or one a line, each with a name of its own', async () => {
    for (const body of ['[{"msg":"a"},{"msg":"b"}]', '{"msg":"a"}\n{"msg":"b"}\n', '{"msg":"a"} {"msg":"b"}']) {
      const both = await events(body);
      expect(both.map(({ text }) => text)).to.deep.equal(['a', 'b']);
      expect(new Set(both.map(({ id }) => id)).size).to.equal(2);
    }
  });

  it('of one object is read as one of several are, an alert and an export as well', async () => {
    const alert = {
      version: '4',
      status: 'firing',
      alerts: [
        {
          status: 'firing',
          labels: { alertname: 'DiskFull', severity: 'critical' },
          annotations: { summary: 'disk full' },
          startsAt: '2026-03-13T23:59:00Z',
          endsAt: '0001-01-01T00:00:00Z',
          fingerprint: 'f1',
        },
      ],
    };
    const otlp = {
      resourceLogs: [
        {
          resource: {},
          scopeLogs: [
            { logRecords: [{ timeUnixNano: '1773446400000000000', body: { stringValue: 'a' } }, { body: { stringValue: 'b' } }] },
          ],
        },
      ],
    };
    for (const one of [alert, otlp, { msg: 'a', level: 'warn' }, { a: { b: [1, 2] } }, {}]) {
      const line = JSON.stringify(one);
      // A space in front takes the general way.
      expect(await read(line), line).to.deep.equal(await read(` ${line}`));
      expect(await read(`${line}\n`), line).to.deep.equal(await read(line));
    }
    expect((await events(JSON.stringify(otlp))).map(({ text }) => text)).to.deep.equal(['a', 'b']);
    expect((await events(JSON.stringify(alert)))[0]!.text).to.contain('DiskFull');
  });

  it('is a canonical event as it is, such as a sink has published', async () => {
    const event = { id: 'x', timestamp: '2026-03-13T23:00:00.000Z', source: 's', group_id: 's:g', text: 'disk full', metadata: { n: 1 } };
    expect((await events(JSON.stringify({ ...event, schema: 1 })))[0]).to.deep.include(event);
  });

  it('is one record when it has several lines, as a stack trace has', async () => {
    const body = 'ERROR failed\n  at f (a.js:1)\n  at g (b.js:2)';
    const all = await events(body);
    expect(all.map(({ text }) => text)).to.deep.equal(['failed\n  at f (a.js:1)\n  at g (b.js:2)']);
  });

  it('that only begins like JSON is a line', async () => {
    expect((await events('[2026-03-14 00:00:01] ERROR disk full'))[0]).to.deep.include({
      timestamp: '2026-03-14T00:00:01.000Z',
      text: 'disk full',
    });
    expect((await events('{not json} ERROR disk full'))[0]!.text).to.contain('disk full');
  });

  it('has the same ids whenever it is read, and others under another name', async () => {
    const [first, again, other] = [await events('a', '0001'), await events('a', '0001'), await events('a', '0002')];
    expect(again).to.deep.equal(first);
    expect(other[0]!.id).not.to.equal(first[0]!.id);
    expect(first[0]!.id).to.match(/^nats-/);
  });

  it('that is no text, or nothing, is rejected with the reason', async () => {
    for (const [body, reason] of [
      [Buffer.from([0xff, 0xfe, 0x01]), 'is no text in UTF-8'],
      ['', 'is empty'],
      [' \n', 'is empty'],
    ] as const) {
      const [signal, ...more] = await read(body);
      expect(more).to.deep.equal([]);
      expect(signal).to.have.nested.property('rejected.reason', reason);
    }
  });
});
