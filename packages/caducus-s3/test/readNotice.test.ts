import { expect } from 'chai';
import { readNotice } from '../src/readNotice.ts';

const record = (eventName: string, key: string) => ({ eventName, eventSource: 'aws:s3', s3: { bucket: { name: 'b' }, object: { key } } });
const notice = JSON.stringify({ Records: [record('ObjectCreated:Put', 'logs/a+b%2Bc.log'), record('ObjectRemoved:Delete', 'x')] });

describe('a notice', () => {
  it('names the objects that were made, their keys as they are', () => {
    expect(readNotice(notice)).to.deep.equal({ objects: [{ bucket: 'b', key: 'logs/a b+c.log' }] });
  });

  it('is read through SNS', () => {
    expect(readNotice(JSON.stringify({ Type: 'Notification', Message: notice }))).to.deep.equal(readNotice(notice));
  });

  it('is read from EventBridge, which writes keys as they are', () => {
    const detail = { bucket: { name: 'b' }, object: { key: 'a+b%20.log', size: 3 } };
    const body = (type: string) => JSON.stringify({ source: 'aws.s3', 'detail-type': type, detail });
    expect(readNotice(body('Object Created'))).to.deep.equal({ objects: [{ bucket: 'b', key: 'a+b%20.log' }] });
    expect(readNotice(body('Object Deleted'))).to.deep.equal({ ignored: 'Object Deleted' });
  });

  it('is passed over where S3 only tries the queue, or tells of removals', () => {
    expect(readNotice('{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}')).to.have.property('ignored');
    expect(readNotice(JSON.stringify({ Records: [record('ObjectRemoved:Delete', 'x')] }))).to.have.property('ignored');
  });

  for (const body of ['', 'hello', '[]', '{}', '{"Records":7}', '{"source":"aws.s3","detail-type":"Object Created","detail":{}}'])
    it(`is refused when it is something else: ${body || 'nothing'}`, () => expect(readNotice(body)).to.have.property('refused'));
});
