import { expect } from 'chai';
import type { JsonObject } from '../../../src/event.ts';
import { recordMessage } from '../../../src/formats/messages/recordMessage.ts';
import { drafts, parseAll } from '../parse.ts';
import { notifications } from './notifications.ts';

describe('messages in a log', () => {
  for (const format of ['auto', 'ndjson', 'lines'] as const)
    it(`say in a file of ${format} what they say over HTTP`, () => {
      const lines = notifications.map(({ json }) => JSON.stringify(json)).join('\n');
      const found = drafts(parseAll(format, lines));
      expect(found).to.have.length(notifications.length);
      for (const [index, { title, ...right }] of notifications.entries()) {
        const { text, metadata, source, groupId } = found[index]!;
        expect({ text, level: metadata.level, source, groupId, status: metadata.status ?? null }, title).to.deep.equal({
          text: right.text,
          level: right.level,
          source: right.sender,
          groupId: `${right.sender}:${right.group ?? 'alerts'}`,
          status: right.status,
        });
      }
    });

  it('are read out of the envelope of SNS', () => {
    const { json, text } = notifications.find(({ sender }) => sender === 'cloudwatch-alarm')!;
    const envelope = { Type: 'Notification', TopicArn: 'arn:t', Message: JSON.stringify(json), Timestamp: '2026-03-14T09:51:03Z' };
    expect(recordMessage(envelope)).to.deep.include({ text });
  });

  it('are none where a record of a log only has words of them', () => {
    for (const record of [{ level: 'error', msg: 'alert', status: 'firing' }, { state: 'OK', reason: 'x' }, {}] as JsonObject[])
      expect(recordMessage(record)).to.equal(null);
  });
});
