import { expect } from 'chai';
import { from } from 'rxjs';
import type { Flow } from '../../src/kernel/defineOperator.ts';
import { normalize } from '../../operators/normalize.ts';
import { parseTimestamp } from '../../src/kernel/template/parseTimestamp.ts';
import type { Event, JsonObject } from '../../src/event.ts';
import type { EventSignal } from '../../src/signal.ts';
import { eventSignal, describeSignal, verify } from '../../src/testing.ts';

function through(options: Parameters<typeof normalize>[0], metadata: JsonObject, more: Partial<Event> = {}): Flow {
  const out: Flow[] = [];
  from<Flow[]>([eventSignal('x', 5, { metadata, ...more })])
    .pipe(normalize(options))
    .subscribe((s) => out.push(s));
  expect(out).to.have.length(1);
  return out[0]!;
}

const eventOf = (signal: Flow) => (signal as EventSignal).event;

describe('normalize', () => {
  it('forwards the same signal when nothing changes', () => {
    const signal = eventSignal('x', 0, { metadata: { level: 'INFO' } });
    const out: Flow[] = [];
    from<Flow[]>([signal])
      .pipe(normalize({ source: 'test', groupId: 'test:a' }))
      .subscribe((s) => out.push(s));
    expect(out[0]).to.equal(signal);
  });

  it('makes the group from the new source and a metadata field', () => {
    const event = eventOf(through({ source: 'hdfs-demo', groupId: '{source}:{component}' }, { component: 'dfs.DataNode$X' }));
    expect(event).to.include({ source: 'hdfs-demo', group_id: 'hdfs-demo:dfs.DataNode$X' });
  });

  it('lets a group that is named after its source follow it', () => {
    expect(eventOf(through({ source: 'hdfs-demo' }, {}))).to.include({ source: 'hdfs-demo', group_id: 'hdfs-demo:a' });
    expect(eventOf(through({ source: 'x' }, {}, { group_id: 'blk_1' }))).to.include({ source: 'x', group_id: 'blk_1' });
  });

  it('rejects a record that lacks a field, and the rest goes on', () => {
    verify('ab-a|', normalize({ groupId: '{source}:{component}' }), 'ax-a|', {
      values: { x: 'rejected: group_id needs the field component, which is missing' },
      events: { a: { metadata: { component: 'c' } } },
    });
  });

  it('maps text, id and time from fields, and the signal follows the time', () => {
    const signal = through({ text: 'msg', id: 'uid', timestamp: 'at' }, { msg: 'hello', uid: 'u1', at: '2026-03-14T03:05:00+01:00' });
    expect(eventOf(signal)).to.include({ text: 'hello', id: 'u1', timestamp: '2026-03-14T02:05:00.000Z' });
    expect(signal.time).to.equal(Date.UTC(2026, 2, 14, 2, 5));
  });

  it('rejects a date that is none with the value', () => {
    expect(describeSignal(through({ timestamp: 'at' }, { at: 'yesterday-ish' }))).to.equal('rejected: at is no date: "yesterday-ish"');
  });

  it('writes levels in one spelling and leaves unknown words alone', () => {
    expect(eventOf(through({}, { level: 'warning' })).metadata.level).to.equal('WARN');
    expect(eventOf(through({ level: 'severity' }, { severity: 3 })).metadata.level).to.equal('ERROR');
    expect(eventOf(through({}, { level: 'purple' })).metadata.level).to.equal('purple');
  });

  it('keeps the original in a rejected record, bounded', () => {
    const signal = through({ timestamp: 'at' }, { at: 'x', big: 'y'.repeat(10_000) }) as Extract<Flow, { kind: string }> & {
      rejected: { original: string };
    };
    expect(signal.rejected.original).to.have.length(4096);
  });

  it('reads times without a zone as UTC, numbers as seconds or milliseconds', () => {
    const cases: [string, string | null][] = [
      ['2008-11-09T20:35:18', '2008-11-09T20:35:18.000Z'],
      ['2008-11-09 20:35:18.250', '2008-11-09T20:35:18.250Z'],
      ['2008-11-09', '2008-11-09T00:00:00.000Z'],
      ['1226262918', '2008-11-09T20:35:18.000Z'],
      ['1226262918250', '2008-11-09T20:35:18.250Z'],
      ['Nov 9 2008 20:35:18', '2008-11-09T20:35:18.000Z'],
      ['Sun, 09 Nov 2008 20:35:18 GMT', '2008-11-09T20:35:18.000Z'],
      ['', null],
      ['2008-13-45T99:00:00', null],
      ['1e400', null],
      ['99999999999999999999', null],
    ];
    for (const [text, wanted] of cases) {
      const time = parseTimestamp(text);
      expect(time === null ? null : new Date(time).toISOString(), text).to.equal(wanted);
    }
  });
});
