import { expect } from 'chai';
import fc from 'fast-check';
import { openEnvelope } from '../../../src/formats/messages/openEnvelope.ts';

const alarm = { AlarmName: 'A', NewStateValue: 'OK' };
const timestamp = '2026-03-14T09:51:03.500Z';
const sns = (message: unknown) => ({
  Type: 'Notification',
  TopicArn: 'arn:topic',
  Message: typeof message === 'string' ? message : JSON.stringify(message),
  Timestamp: timestamp,
});
const sqs = (body: unknown) => ({ eventSource: 'aws:sqs', body: JSON.stringify(body), attributes: { SentTimestamp: '1773481863000' } });

describe('openEnvelope', () => {
  it('takes out what SNS, SQS and Pub/Sub carry, one in the other too', () => {
    expect(openEnvelope(sns(alarm))).to.deep.equal([alarm]);
    expect(openEnvelope({ Records: [{ EventSource: 'aws:sns', Sns: sns(alarm) }] })).to.deep.equal([alarm]);
    expect(openEnvelope({ Records: [sqs(sns(alarm)), sqs(alarm)] })).to.deep.equal([alarm, alarm]);
    const data = Buffer.from(JSON.stringify(alarm)).toString('base64');
    expect(openEnvelope({ message: { data, messageId: '1' }, subscription: 'projects/p/subscriptions/s' })).to.deep.equal([alarm]);
  });

  it('keeps a text that is no object, with the time and the topic', () => {
    expect(openEnvelope(sns('backup failed'))).to.deep.equal([{ timestamp, topic_arn: 'arn:topic', message: 'backup failed' }]);
  });

  it('is null for what is no envelope, however much it looks like one', () => {
    for (const json of [
      alarm,
      { Type: 'Notification', Message: 'x' },
      { Records: [] },
      { Records: [{ body: 'x' }] },
      { message: {} },
      [],
      'x',
      null,
    ])
      expect(openEnvelope(json as never)).to.equal(null);
  });

  it('never throws, and opens no more than four in each other', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => void openEnvelope(json as never)));
    let deep: unknown = alarm;
    for (let i = 0; i < 6; i += 1) deep = sns(deep);
    expect(openEnvelope(deep as never)![0]).to.include({ Type: 'Notification' });
  });
});
