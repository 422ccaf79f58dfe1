import { expect } from 'chai';
import { unwrap } from '../../../src/formats/messages/unwrap.ts';

const sns = (message: unknown) =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: 'm-1',
    TopicArn: 'arn:aws:sns:eu-west-1:123456789012:orders',
    Subject: 'Order',
    Timestamp: '2026-03-14T03:00:00.000Z',
    Message: typeof message === 'string' ? message : JSON.stringify(message),
  });
const lambda = {
  version: '1.0',
  timestamp: '2026-03-14T03:05:00.000Z',
  requestContext: {
    requestId: 'r-1',
    functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders:$LATEST',
    condition: 'RetriesExhausted',
    approximateInvokeCount: 3,
  },
  requestPayload: { order: 17 },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload: { errorType: 'TimeoutError', errorMessage: 'PutBlock timed out after 3 tries' },
};

describe('unwrap', () => {
  it('leaves any text that is no envelope as it is', () => {
    for (const body of ['', 'plain', '{', '[1]', '{"order":17}', '"x"', '{"__proto__":{"Type":"Notification"}}']) {
      expect(unwrap(body)).to.deep.equal({ text: body, envelope: {}, time: null, message: null });
    }
  });

  it('takes the sentence out of a JSON body', () => {
    expect(unwrap('{"errorType":"E","errorMessage":"no stock","order":1}').text).to.equal('E: no stock');
    expect(unwrap('{"error":{"code":"E1","message":"no stock"}}').text).to.equal('no stock');
  });

  it('opens an SNS notification', () => {
    expect(unwrap(sns('disk full'))).to.deep.equal({
      text: 'disk full',
      envelope: { sns: { topic_arn: 'arn:aws:sns:eu-west-1:123456789012:orders', message_id: 'm-1', subject: 'Order' } },
      time: Date.UTC(2026, 2, 14, 3),
      message: null,
    });
  });

  it('opens a record of a Lambda destination, with the time it failed', () => {
    const { text, envelope, time } = unwrap(JSON.stringify(lambda));
    expect(text).to.equal('TimeoutError: PutBlock timed out after 3 tries');
    expect(envelope.lambda).to.include({ request_id: 'r-1', condition: 'RetriesExhausted', invoke_count: 3, function_error: 'Unhandled' });
    expect(time).to.equal(Date.UTC(2026, 2, 14, 3, 5));
  });

  it('opens an EventBridge event', () => {
    const event = {
      version: '0',
      id: 'e-1',
      'detail-type': 'Payment Failed',
      source: 'shop.pay',
      account: '1',
      time: '2026-03-14T03:00:00Z',
      region: 'eu-west-1',
      resources: [],
      detail: { reason: 'card declined' },
    };
    const { text, envelope } = unwrap(JSON.stringify(event));
    expect(text).to.equal('Payment Failed: card declined');
    expect(envelope.eventbridge).to.include({ detail_type: 'Payment Failed', source: 'shop.pay' });
  });

  it('opens one envelope in the other, and gives up at an absurd depth', () => {
    const event = {
      id: 'e',
      'detail-type': 'Lambda Function Invocation Result - Failure',
      source: 'lambda',
      time: '2026-03-14T03:00:00Z',
      detail: lambda,
    };
    const { text, envelope } = unwrap(sns(event));
    expect(text).to.equal('TimeoutError: PutBlock timed out after 3 tries');
    expect(Object.keys(envelope)).to.deep.equal(['sns', 'eventbridge', 'lambda']);
    let body = 'core';
    for (let i = 0; i < 9; i += 1) body = sns(body);
    expect(unwrap(body).text).to.include('Notification');
  });
});
