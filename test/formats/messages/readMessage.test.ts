import { expect } from 'chai';
import fc from 'fast-check';
import { readSeverity, readStatus } from '../../../src/formats/messages/alertWords.ts';
import type { Message } from '../../../src/formats/messages/message.ts';
import { readMessageTime } from '../../../src/formats/messages/messageTime.ts';
import { readOutcome } from '../../../src/formats/messages/outcome.ts';
import { readMessage, senderNames } from '../../../src/formats/messages/readMessage.ts';
import { notifications } from './notifications.ts';

const brief = ({ sender, status, level, time, fingerprint, text }: Message): unknown[] => [
  sender,
  status,
  level,
  time === null ? null : new Date(time).toISOString(),
  fingerprint,
  text,
];

describe('readMessage', () => {
  for (const { title, json, ...right } of notifications) {
    it(`understands ${title}`, () => {
      const message = readMessage(json)!;
      expect(brief(message)).to.deep.equal([right.sender, right.status, right.level, right.time, right.fingerprint, right.text]);
      expect(message.group).to.equal(right.group);
    });
  }

  it('is tried with at least one message of every sender that has a name', () => {
    expect([...new Set(notifications.map(({ sender }) => sender))].toSorted()).to.include.members(senderNames.toSorted());
  });

  it('gives the begin and the end of one alert the same fingerprint and group', () => {
    const ends = notifications.filter(({ status }) => status === 'resolved');
    expect(ends.length).to.be.greaterThan(7);
    for (const end of ends) {
      const begin = notifications.find(
        ({ sender, status, fingerprint }) => sender === end.sender && status === 'firing' && fingerprint === end.fingerprint,
      );
      expect(begin, `${end.title} has no begin`).to.not.equal(undefined);
      expect(begin!.group).to.equal(end.group);
    }
  });

  it('takes messages of the named sender only', () => {
    const pagerduty = notifications.find(({ sender }) => sender === 'pagerduty')!.json;
    expect(readMessage(pagerduty, 'pagerduty')?.sender).to.equal('pagerduty');
    expect(readMessage(pagerduty, 'opsgenie')).to.equal(null);
  });

  it('leaves log records alone, whatever words are in them', () => {
    for (const record of [
      { level: 'error', msg: 'alert', status: 'firing' },
      { type: 'access', message: 'GET /', time: 1_773_481_863 },
      { state: 'OK', reason: 'x' },
      { action: 'completed' },
      { type: 'request', data: { a: 1 }, time: '2026-03-14T09:51:03Z', id: '1' },
      ['a'],
      'text',
      null,
    ])
      expect(readMessage(record)).to.equal(null);
  });

  it('never throws, and never takes what stands in a prototype', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        readMessage(json);
      }),
    );
    expect(readMessage(JSON.parse('{"__proto__":{"alert_transition":"Triggered","title":"x"}}'))).to.equal(null);
  });
});

describe('the words of alerts', () => {
  it('say how something stands, however they are written', () => {
    for (const word of ['Triggered', 'Re-Triggered', 'ALARM', 'open', 'Create', 'alerting', 'Fired', 'acknowledged', 'DOWN'])
      expect(readStatus(word)).to.equal('firing');
    for (const word of ['Recovered', 'Close', 'OK', 'closed', 'resolved', 'UP', 'Deactivated'])
      expect(readStatus(word)).to.equal('resolved');
    for (const word of ['No Data', 'INSUFFICIENT_DATA', 'no_data', 'paused']) expect(readStatus(word)).to.equal('no data');
    for (const word of ['AddNote', '', 7, null, 'x'.repeat(99)]) expect(readStatus(word)).to.equal(null);
  });

  it('say how bad it is', () => {
    const right = {
      P1: 'FATAL',
      critical: 'FATAL',
      page: 'FATAL',
      'SEV-1': 'FATAL',
      high: 'ERROR',
      sev2: 'ERROR',
      P3: 'WARN',
      medium: 'WARN',
      warning: 'WARN',
      low: 'INFO',
      none: 'INFO',
    };
    for (const [word, level] of Object.entries(right)) expect(readSeverity(word), word).to.equal(level);
    for (const word of ['', 'team-a', undefined]) expect(readSeverity(word)).to.equal(null);
  });

  it('say how something came out, in the last word of a name', () => {
    for (const word of ['FAILED', 'invoice.payment_failed', 'TIMED_OUT', 'timed_out', 'order.import.error'])
      expect(readOutcome(word), word).to.equal('ERROR');
    for (const word of ['SUCCEEDED', 'invoice.paid.completed', 'in_progress', 'Running']) expect(readOutcome(word), word).to.equal('INFO');
    expect(readOutcome('cancelled')).to.equal('WARN');
    expect(readOutcome('failover_planned')).to.equal(null);
  });
});

describe('readMessageTime', () => {
  it('reads counts of any unit, ISO 8601 with and without a zone, and the form of e-mail', () => {
    const at = Date.UTC(2026, 2, 14, 9, 51, 3);
    for (const value of [
      at,
      at / 1000,
      `${at}`,
      at * 1e6,
      '2026-03-14T09:51:03Z',
      '2026-03-14 09:51:03',
      '2026-03-14T10:51:03+01:00',
      'Sat, 14 Mar 2026 09:51:03 GMT',
    ])
      expect(readMessageTime(value), String(value)).to.equal(at);
  });

  it('gives null for what is no time, and for the year 1', () => {
    for (const value of ['0001-01-01T00:00:00Z', '', 'soon', null, {}, 0, -1, '12'])
      expect(readMessageTime(value), String(value)).to.equal(null);
  });
});
