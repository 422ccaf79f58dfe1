import { expect } from 'chai';
import { hearCanaries, listCanaries, tellCanaries } from '../../src/engine/canaries.ts';
import { eventAt } from '../support/fakes.ts';
import { readText } from '../support/engine/machines.ts';
import { MemoryEngine } from '../support/engine/memoryTransport.ts';
import { until } from '../support/engine/roles.ts';

const pipeline = (beside: string) =>
  readText(`name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson, follow: true }${beside} } }
operators: [{ group_by: { key: group_id } }]
sinks: { out: { ndjson: { path: /d/out.ndjson } } }`);

describe('canaries on an engine', () => {
  it('are known by their texts', () => {
    expect(listCanaries(pipeline(''))).to.deep.equal([]);
    expect(listCanaries(pipeline(', expect: 5m'))).to.deep.equal([]);
    expect(listCanaries(pipeline(', canary: { text: tweet, every: 1m, within: 30s }'))).to.deep.equal(['tweet']);
  });

  it('that come through somewhere are heard of elsewhere, by who comes late too, and nothing else is', async () => {
    const engine = new MemoryEngine({ step: false });
    const tell = tellCanaries(engine.transport('desk'), ['tweet'], (error) => {
      throw error;
    });
    const stop = new AbortController();
    const [heard, late]: string[][] = [[], []];
    const hearing = hearCanaries(engine.transport('sources'), stop.signal, (id) => void heard!.push(id));
    const events = [eventAt(1, 'tweet 1'), eventAt(2, 'all is well'), eventAt(3, 'a tweet')];
    events.forEach(tell);
    tell({ ...eventAt(4, 'tweet'), kind: 'rejected' } as never);
    await until(() => heard!.length === 2);
    const later = hearCanaries(engine.transport('others'), stop.signal, (id) => void late!.push(id));
    await until(() => late!.length === 2);
    expect([heard, late]).to.deep.equal([
      [events[0]!.event.id, events[2]!.event.id],
      [events[0]!.event.id, events[2]!.event.id],
    ]);
    stop.abort();
    await Promise.all([hearing, later]);
  });

  it('that cannot be told of are a failure', async () => {
    const failures: unknown[] = [];
    const broken = { append: async () => Promise.reject(new Error('no')), purge: async () => undefined };
    tellCanaries(broken, ['tweet'], (error) => void failures.push(error))(eventAt(1, 'tweet'));
    await until(() => failures.length > 0);
    expect(failures[0]).to.have.property('message', 'no');
  });
});
