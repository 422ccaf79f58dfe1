import { expect } from 'chai';
import { from, toArray } from 'rxjs';
import type { Flow } from '../../../src/kernel/defineOperator.ts';
import { memory } from '../../../operators/memory.ts';
import { rules } from '../../../operators/rules.ts';
import { Alerts } from '../../../src/findings/rules/alerts.ts';
import { toIso, type Event } from '../../../src/event.ts';
import type { EventSignal, FindingSignal } from '../../../src/signal.ts';
import { blipSignal } from '../../support/blips.ts';

const start = Date.UTC(2026, 2, 14, 3);
const minute = 60_000;

function alert(
  at: number,
  status: 'firing' | 'resolved',
  { name = 'DiskFull', host = 'dn1', group = 'alertmanager:hdfs' } = {},
): EventSignal {
  const event: Event = {
    id: `am-${name}-${host}-${at}-${status}`,
    timestamp: toIso(start + at),
    source: 'alertmanager',
    group_id: group,
    text: `${name} ${host}, ${status === 'firing' ? 'critical' : status}`,
    metadata: { level: status === 'firing' ? 'FATAL' : 'INFO', alert: name, status, fingerprint: `${name}-${host}` },
  };
  return { kind: 'event', time: start + at, key: group, event };
}
const other = (at: number): EventSignal => {
  const event: Event = {
    id: `o-${at}`,
    timestamp: toIso(start + at),
    source: 'app',
    group_id: 'app:web',
    text: 'request served',
    metadata: { level: 'INFO' },
  };
  return { kind: 'event', time: start + at, key: 'app:web', event };
};

/** What becomes of the alerts in windows of five minutes: state and minute of every finding. */
function story(signals: readonly EventSignal[]): string[] {
  let out: Flow[] = [];
  from<Flow[]>(signals.toSorted((a, b) => a.time - b.time))
    .pipe(memory({ window: '5m' }), rules([{ name: 'alert', when: { minLevel: 'error', pattern: '.' } }]), toArray())
    .subscribe((all) => (out = all));
  const findings = out.filter((s): s is FindingSignal => s.kind === 'finding');
  const told = findings.map(({ finding, time }) => `${finding.state} ${Math.floor((time - start) / minute)}`);
  return told.filter((line, i) => line.split(' ')[0] !== told[i - 1]?.split(' ')[0]);
}
const hum = (minutes: number) => Array.from({ length: minutes * 2 }, (_, i) => other((i * minute) / 2));

describe('findings about alerts', () => {
  it('end when the sender says that it is over', () => {
    expect(story([...hum(40), alert(20 * minute, 'firing'), alert(27 * minute, 'resolved')])).to.deep.equal(['firing 20', 'resolved 27']);
  });

  it('stay open while it is on, however silent it is', () => {
    expect(story([...hum(180), alert(20 * minute, 'firing')])).to.deep.equal(['firing 20']);
    expect(story([...hum(180), alert(20 * minute, 'firing'), alert(150 * minute, 'resolved')])).to.deep.equal([
      'firing 20',
      'resolved 150',
    ]);
  });

  it('stay open until the last alert of that name is over', () => {
    const two = [alert(20 * minute, 'firing'), alert(20 * minute + 1, 'firing', { host: 'dn2' })];
    expect(story([...hum(60), ...two, alert(30 * minute, 'resolved')])).to.deep.equal(['firing 20']);
    expect(story([...hum(60), ...two, alert(30 * minute, 'resolved'), alert(40 * minute, 'resolved', { host: 'dn2' })])).to.deep.equal([
      'firing 20',
      'resolved 40',
    ]);
  });

  it('are not opened anew by the window in which the alert was over', () => {
    expect(story([...hum(60), alert(20 * minute, 'firing'), alert(21 * minute, 'resolved')])).to.deep.equal(['firing 20', 'resolved 21']);
    expect(story([...hum(60), alert(20 * minute, 'firing'), alert(20 * minute + 2000, 'resolved')])).to.deep.equal([]);
  });

  it('open again when the alert does, at the close of its window since it is known', () => {
    expect(story([...hum(90), alert(20 * minute, 'firing'), alert(27 * minute, 'resolved'), alert(60 * minute, 'firing')])).to.deep.equal([
      'firing 20',
      'resolved 27',
      'firing 65',
    ]);
  });

  it('end after a day without word, since word of the end may be lost', () => {
    const day = 24 * 60;
    const hourly = Array.from({ length: 30 }, (_, i) => other(i * 60 * minute));
    const [first, last] = story([...hourly, alert(20 * minute, 'firing')]);
    expect(first).to.equal('firing 20');
    expect(Number(last?.replace('resolved ', ''))).to.be.within(day + 20, day + 80);
  });
});

describe('memory', () => {
  it('hands on word of the end of an alert, and makes no pattern of it', () => {
    let out: Flow[] = [];
    from<Flow[]>([alert(0, 'firing'), alert(minute, 'resolved')])
      .pipe(memory({ window: '5m' }), toArray())
      .subscribe((all) => (out = all));
    expect(out.filter(({ kind }) => kind === 'event')).to.have.lengthOf(2);
    const labels = out.flatMap((signal) => (signal.kind === 'blip' ? [(signal as ReturnType<typeof blipSignal>).blip.label] : []));
    expect(new Set(labels)).to.deep.equal(new Set(['DiskFull dn1, critical']));
  });

  it('takes an ordinary record that says resolved for what it is', () => {
    const record = other(0);
    record.event.metadata.status = 'resolved';
    let out: Flow[] = [];
    from<Flow[]>([record])
      .pipe(memory({ window: '5m' }), toArray())
      .subscribe((all) => (out = all));
    expect(out.map(({ kind }) => kind)).to.include('blip');
  });
});

describe('Alerts', () => {
  it('survive a restart', () => {
    const alerts = new Alerts();
    alerts.observe(alert(0, 'firing').event, start);
    const restored = new Alerts();
    restored.load(JSON.parse(JSON.stringify(alerts.save())));
    const { blip } = blipSignal('a', start + 300_000, { exemplars: [{ event_id: alert(0, 'firing').event.id, timestamp: '', text: '' }] });
    expect(restored.isOn(restored.of(blip), start)).to.equal(true);
    expect(restored.observe(alert(minute, 'resolved').event, start)).to.equal(true);
    expect(restored.isOn(restored.of(blip), start)).to.equal(false);
  });
});
