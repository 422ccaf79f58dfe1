import { expect } from 'chai';
import { z } from 'zod';
import type { JsonObject } from '../../../src/event.ts';
import { spendFields, spendReader } from '../../../src/safeguards/budget/readSpend.ts';
import { eventSignal } from '../../../src/testing.ts';

const time = Date.UTC(2026, 2, 16, 12);

function read(metadata: JsonObject, options: object = {}) {
  const { event } = eventSignal('call', time);
  return spendReader(z.strictObject(spendFields).parse(options))({ ...event, metadata }, 'llm');
}

describe('the record of spend in an event', () => {
  it('is the object of its field, with what it lacks from the event', () => {
    expect(read({ spend: { amount: '0.5', currency: 'USD' } })).to.include({
      amount: '0.5',
      currency: 'USD',
      kind: 'delta',
      key: 'llm',
      eventTime: time,
    });
  });

  it('is an amount alone in the default currency', () => {
    expect(read({ spend: 3 }, { defaultCurrency: 'EUR' })).to.include({ amount: 3, currency: 'EUR' });
    expect(read({ spend: 3 })).to.include({ currency: undefined });
  });

  it('may lie in fields of other names, wherever they are', () => {
    const options = { fields: { amount: 'metadata.usage.cost', id: 'metadata.request', name: 'metadata.model' } };
    expect(read({ usage: { cost: 2 }, request: 'r1', model: 'gpt' }, options)).to.include({ amount: 2, id: 'r1', name: 'gpt' });
  });

  it('has a time with a zone, as text or as a count', () => {
    const at = (event_time: unknown) => read({ spend: { amount: 1, event_time } as JsonObject })!.eventTime;
    expect([at('2026-03-16T12:00:00Z'), at('2026-03-16T13:00:00+01:00'), at(time)]).to.deep.equal([time, time, time]);
    expect([at('2026-03-16T12:00:00'), at('soon')]).to.deep.equal([Number.NaN, Number.NaN]);
  });

  it('is none where nothing is spent', () => {
    expect([read({}), read({ spend: null }), read({ other: 1 }, { fields: { amount: 'metadata.cost' } })]).to.deep.equal([
      null,
      null,
      null,
    ]);
  });
});
