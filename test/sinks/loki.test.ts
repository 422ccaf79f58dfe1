import { expect } from 'chai';
import type { Signal } from '../../src/signal.ts';
import { loki, writePush } from '../../src/sinks/loki.ts';
import { makeParcel } from '../../src/sinks/shipping/parcel.ts';
import { eventSignal } from '../../src/testing.ts';
import { changedFinding } from '../support/findings.ts';
import { episode } from '../support/views/viewSamples.ts';

const finding = (changes: Parameters<typeof changedFinding>[1], time = 1): Signal => ({
  kind: 'finding',
  time,
  key: '',
  finding: changedFinding(episode, changes),
});
const push = (...signals: Signal[]) =>
  writePush(
    signals.map((signal) => makeParcel(signal, 'p')),
    'shop',
    { env: 'prod' },
  ) as unknown as { streams: { stream: Record<string, string>; values: [string, string][] }[] };

describe('what is pushed to Loki', () => {
  it('is a line of JSON a record, with its time in nanoseconds', () => {
    const [{ values } = { values: [] }] = push(eventSignal('disk full', Date.UTC(2026, 2, 14)), eventSignal('slow', 0.4)).streams;
    expect(values.map(([nanos]) => nanos)).to.deep.equal(['1773446400000000000', '0000000']);
    expect(JSON.parse(values[0]![1])).to.include({ text: 'disk full', group_id: 'test:a' });
  });

  it('has few streams: by kind, severity and state, with the labels that are given', () => {
    const all = Array.from({ length: 50 }, (_, i) =>
      finding({ id: `f${i}`, state: i % 2 ? 'firing' : 'resolved', severity: 'critical' }, i),
    );
    const { streams } = push(...all, eventSignal('x', 1));
    expect(streams).to.have.length(3);
    expect(streams[1]!.stream).to.deep.equal({
      service_name: 'caducus',
      pipeline: 'shop',
      kind: 'finding',
      severity: 'critical',
      state: 'firing',
      env: 'prod',
    });
    expect(streams[1]!.values).to.have.length(25);
  });

  it('takes no label that Loki would not, and no secret in an address', () => {
    const check = (more: object) => loki.spec.options.safeParse({ url: 'http://loki:3100', ...more }).success;
    expect(check({})).to.equal(true);
    expect(check({ labels: { 'a-b': 'x' } })).to.equal(false);
    expect(check({ url: 'http://user:secret@loki:3100' })).to.equal(false);
  });
});
