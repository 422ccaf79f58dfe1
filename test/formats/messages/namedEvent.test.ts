import { expect } from 'chai';
import type { JsonObject } from '../../../src/event.ts';
import { findSentence, readNamedEvent } from '../../../src/formats/messages/namedEvent.ts';

const time = '2024-06-03T10:00:00Z';
const cloudEvent = { specversion: '1.0', id: 'e1', type: 'build', source: 'ci', time, data: { status: 'failed', message: 'no disk' } };

describe('an event that names its type', () => {
  it('of EventBridge says its type, its outcome and its sentence', () => {
    const event = { id: 'e1', time, source: 'aws.codebuild', 'detail-type': 'Build State Change', detail: { 'build-status': 'FAILED' } };
    expect(readNamedEvent(event)).to.deep.include({
      sender: 'eventbridge',
      text: 'Build State Change, FAILED',
      level: 'ERROR',
      group: 'aws.codebuild',
      time: Date.UTC(2024, 5, 3, 10),
      fingerprint: 'e1',
    });
  });

  it('of CloudEvents may have a subject, and a type of one word', () => {
    expect(readNamedEvent({ ...cloudEvent, subject: 'orders' })).to.deep.include({
      sender: 'event',
      text: 'build orders, failed: no disk',
      group: 'ci',
    });
  });

  it('of others has a type in several parts, the first of which is its group', () => {
    const { specversion: _, source: __, ...plain } = cloudEvent;
    expect(readNamedEvent(plain)).to.equal(null);
    expect(readNamedEvent({ ...plain, type: 'invoice.payment_failed', created: 1717408800 })).to.deep.include({
      group: 'invoice',
      alert: 'invoice.payment_failed',
    });
  });

  it('may carry what it tells of as bytes', () => {
    const { data: _, ...rest } = cloudEvent;
    for (const inside of ['{"message":"no disk"}', 'no disk'])
      expect(readNamedEvent({ ...rest, data_base64: Buffer.from(inside).toString('base64') })?.text).to.match(/: no disk$/);
  });

  it('has its outcome in the object it is about, where there is one', () => {
    expect(readNamedEvent({ ...cloudEvent, data: { object: { status: 'failed' } } })).to.deep.include({ text: 'build, failed' });
  });

  it('is none without an id and a type, or, where it is no CloudEvent, a time and what it tells of', () => {
    const without = (event: JsonObject, gone: string): JsonObject =>
      Object.fromEntries(Object.entries(event).filter(([key]) => key !== gone));
    const plain = { ...without(cloudEvent, 'specversion'), type: 'invoice.payment_failed' };
    for (const gone of ['id', 'type']) expect(readNamedEvent(without(cloudEvent, gone)), gone).to.equal(null);
    for (const gone of ['time', 'data']) {
      expect(readNamedEvent(without(cloudEvent, gone)), gone).to.not.equal(null);
      expect(readNamedEvent(without(plain, gone)), gone).to.equal(null);
    }
    expect(readNamedEvent({ ...plain, time: 'soon' })).to.equal(null);
  });
});

describe('the sentence of an object', () => {
  it('is the most telling field, an error with its kind in front', () => {
    expect(findSentence({ message: 'a', errorMessage: 'b', errorType: 'Timeout' })).to.equal('Timeout: b');
    expect(findSentence({ message: 'a', type: 'Timeout' })).to.equal('a');
    expect(findSentence({ message: '', reason: 'c' })).to.equal('c');
    expect(findSentence({ error: { message: 'inner' } })).to.equal('inner');
    expect(findSentence({ other: 'd' })).to.equal(null);
  });
});
