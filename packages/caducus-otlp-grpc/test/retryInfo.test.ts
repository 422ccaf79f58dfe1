import { Metadata, status } from '@grpc/grpc-js';
import { expect } from 'chai';
import fc from 'fast-check';
import { readRetryInfo, writeRetryInfo } from '../src/retryInfo.ts';

describe('when to come back, as gRPC says it', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.string(),
        (seconds, message) => readRetryInfo(writeRetryInfo(status.UNAVAILABLE, message, seconds)) === seconds * 1000,
      ),
    );
  });

  it('has the bytes that other implementations write', () => {
    // google.rpc.Status{code: 8, message: "busy", details: [RetryInfo{retry_delay: {seconds: 2}}]}, by protoc.
    const expected = `0808120462757379${'1a30'}${'0a28'}${Buffer.from('type.googleapis.com/google.rpc.RetryInfo').toString('hex')}${'1204'}${'0a020802'}`;
    const [bytes] = writeRetryInfo(8, 'busy', 2).get('grpc-status-details-bin');
    expect((bytes as Buffer).toString('hex')).to.equal(expected);
  });

  it('counts parts of a second, and is null where nothing or something else is said', () => {
    const metadata = new Metadata();
    expect(readRetryInfo(undefined)).to.equal(null);
    expect(readRetryInfo(metadata)).to.equal(null);
    const hex = `${Buffer.from('type.googleapis.com/google.rpc.RetryInfo').toString('hex')}`;
    metadata.set(
      'grpc-status-details-bin',
      Buffer.from(`1a350a28${hex}12090a071080cab5ee01`.replace('1209', '1208').replace('0a07', '0a06').replace('1a35', '1a34'), 'hex'),
    );
    expect(readRetryInfo(metadata)).to.equal(500);
    metadata.set('grpc-status-details-bin', Buffer.from('1a060a0178120161', 'hex'));
    expect(readRetryInfo(metadata)).to.equal(null);
  });

  it('takes any bytes without failing', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const metadata = new Metadata();
        metadata.set('grpc-status-details-bin', Buffer.from(bytes));
        const found = readRetryInfo(metadata);
        return found === null || found >= 0;
      }),
    );
  });
});
