import { expect } from 'chai';
import type { JsonObject } from '../../../src/event.ts';
import { readShipped } from '../../../src/sources/http/shippers/readShipped.ts';
import type { Shipped } from '../../../src/sources/http/shippers/protocol.ts';

const now = Date.UTC(2026, 2, 14, 3, 10);
const read = (...shipped: Partial<Shipped>[]) =>
  readShipped(
    shipped.map((one) => ({ line: null, time: null, group: null, fields: {}, ...one })),
    { id: 'logs', now, request: 'r1' },
  ).map((signal) => (signal.kind === 'event' ? signal.event : null)!);
const level = (line: string, fields: JsonObject) => read({ line, fields })[0]!.metadata['level'];

describe('a record of a shipper', () => {
  it('is read as a line of a log, at the time and in the group that the shipper says', () => {
    const [event] = read({
      line: '2026-03-14 03:09:00 ERROR [pay] refused',
      time: now - 1000,
      group: 'orders',
      fields: { pod: 'orders-1' },
    });
    expect(event).to.deep.include({ timestamp: '2026-03-14T03:09:59.000Z', group_id: 'logs:orders', text: 'refused' });
    expect(event!.metadata).to.deep.include({ level: 'ERROR', pod: 'orders-1' });
  });

  it('has the level that the shipper says, else its own, else the one that was guessed', () => {
    expect(level('ERROR refused', { level: 'warn', detected_level: 'info' })).to.equal('warn');
    expect(level('ERROR refused', { detected_level: 'info' })).to.equal('ERROR');
    expect(level('refused', { detected_level: 'error' })).to.equal('error');
  });

  it('keeps its further lines', () => expect(read({ line: 'boom\n  at x (y.js:1)\n' })[0]!.text).to.equal('boom\n  at x (y.js:1)'));

  it('is named by itself, and two equal ones are two', () => {
    expect(read({ line: 'up', id: 'a1' })[0]!.id).to.equal('a1');
    expect(new Set(read({ line: 'up' }, { line: 'up' }).map(({ id }) => id)).size).to.equal(2);
  });

  it('that is an object is read as a record in JSON', () => {
    expect(read({ fields: { message: 'refused', level: 'error', service: 'pay' } })[0]).to.deep.include({
      text: 'refused',
      group_id: 'logs:pay',
    });
  });
});
