import { expect } from 'chai';
import { unpackOtlp } from '../../../src/formats/json/otlp.ts';
import type { JsonObject } from '../../../src/event.ts';
import type { Signal } from '../../../src/signal.ts';
import { writeExport } from '../../../src/sinks/otlp/logRecords.ts';
import { makeParcel } from '../../../src/sinks/shipping/parcel.ts';
import { eventSignal } from '../../../src/testing.ts';
import { changedFinding } from '../../support/findings.ts';
import { episode } from '../../support/views/viewSamples.ts';

const read = (...signals: Signal[]): JsonObject[] =>
  unpackOtlp(
    writeExport(
      signals.map((signal) => makeParcel(signal, 'p')),
      { pipeline: 'shop', now: 1_700_000_000_000 },
    ),
  )!;
const finding = (changes: Parameters<typeof changedFinding>[1] = {}): Signal => ({
  kind: 'finding',
  time: 1_700_000_000_000,
  key: '',
  finding: changedFinding(episode, changes),
});

describe('a LogRecord', () => {
  it('of a finding has its event name, its title as the body and its fields as attributes', () => {
    const [record] = read(finding({ severity: 'critical' }));
    expect(record).to.deep.include({ event_name: 'caducus.finding', message: episode.title, level: 'FATAL', timestamp: 1_700_000_000_000 });
    expect(record).to.deep.include({ 'service.name': 'caducus', 'caducus.pipeline': 'shop', scope: 'caducus' });
    expect(record).to.deep.include({ 'caducus.id': episode.id, 'caducus.state': episode.state, 'caducus.group_id': episode.group_id });
  });

  it('of a finding that is over is no trouble', () => {
    expect(read(finding({ severity: 'critical', state: 'resolved' }))[0]).to.include({ level: 'INFO', 'caducus.state': 'resolved' });
    expect(read(finding({ severity: 'warning' }))[0]).to.include({ level: 'WARN' });
  });

  it('of an event is the record that it was: text, time, level and metadata', () => {
    const event = eventSignal('a', 1_700_000_000_000, {
      text: 'disk full',
      metadata: { level: 'ERROR', host: 'web-1', tries: 3, share: 0.5 },
    });
    expect(read(event)[0]).to.deep.include({ message: 'disk full', level: 'ERROR', host: 'web-1', tries: '3', share: 0.5 });
    expect(read(event)[0]).not.to.have.property('event_name');
  });

  it('of a radar names its first rows', () => {
    const radar = {
      start: '2026-03-14T03:00:00.000Z',
      end: '2026-03-14T03:05:00.000Z',
      blips: [
        { score: 97, label: 'disk full' },
        { score: 80, label: 'slow' },
      ],
    };
    const [record] = read({ kind: 'radar', time: 1, key: '', radar } as unknown as Signal);
    expect(record).to.include({ event_name: 'caducus.radar', message: '97 disk full | 80 slow', 'caducus.end': radar.end });
    expect(read({ kind: 'radar', time: 1, key: '', radar: { ...radar, blips: [] } } as unknown as Signal)[0]).to.include({
      message: 'nothing unusual',
    });
  });

  it('has the same id for the same record, and another for another', () => {
    const uid = (signal: Signal) => read(signal)[0]!['log.record.uid'];
    expect(uid(finding()))
      .to.equal(uid(finding()))
      .and.not.equal(uid(finding({ state: 'resolved' })));
  });
});
