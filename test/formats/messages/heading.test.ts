import { expect } from 'chai';
import { readHeading } from '../../../src/formats/messages/heading.ts';

describe('the title of an alert', () => {
  it('gives its state, and whom it is about, in brackets', () => {
    const right: Record<string, [text: string, status: string | null, subject: string | null]> = {
      'CPU high': ['CPU high', null, null],
      '[Triggered on {host:web-3}] CPU high': ['CPU high', 'firing', 'web-3'],
      '[P1] [Warn Recovered on {service:cart,env:prod}] CPU high': ['CPU high', 'resolved', 'cart, prod'],
      '[Recovered from No Data] CPU high': ['CPU high', 'resolved', null],
      '[FIRING:12] CPU high': ['CPU high', 'firing', null],
      '[No Data] [P3] CPU high': ['CPU high', 'no data', null],
      '[shop] CPU high': ['[shop] CPU high', null, null],
      '[OK]': ['[OK]', null, null],
    };
    for (const [title, [text, status, subject]] of Object.entries(right))
      expect(readHeading(title), title).to.deep.include({ text, status, subject });
  });

  it('gives what it is about as labels', () => {
    expect(readHeading('[Triggered on {service:cart,env:prod}] x').labels).to.deep.equal({ service: 'cart', env: 'prod' });
  });
});
