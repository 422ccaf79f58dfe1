import { expect } from 'chai';
import { startBoard } from '../../../src/board/board.ts';
import { reduceBoard } from '../../../src/board/reduceBoard.ts';
import type { Finding, Mark, Radar, Signal } from '../../../src/signal.ts';
import { lookAt } from '../../../src/views/live/look.ts';
import { radarOfGroup, spike } from '../../support/views/viewSamples.ts';

const standing = { now: Date.parse('2026-05-04T10:00:02Z'), newest: null, live: true, rate: 0 };
const base = { time: 0, key: '' };
const ofRadar = (radar: Radar): Signal => ({ ...base, kind: 'radar', radar });
const ofFinding = (finding: Finding): Signal => ({ ...base, kind: 'finding', finding });
const ofMark = (mark: Mark): Signal => ({ ...base, kind: 'mark', mark });
const look = (...signals: Signal[]) => lookAt(signals.reduce(reduceBoard, startBoard()), 'orders', standing);

describe('what a live screen shows of a board', () => {
  it('is nothing before anything came', () => {
    expect(look()).to.deep.include({ radar: null, open: null, findings: [], subject: 'orders' });
  });

  it('is the closed window, and beside it the open one until that closes', () => {
    const open = { ...radarOfGroup, start: radarOfGroup.end, open: true };
    expect(look(ofRadar(radarOfGroup), ofRadar(open))).to.deep.include({ radar: radarOfGroup, open });
    expect(look(ofRadar(radarOfGroup), ofRadar(open), ofRadar({ ...open, open: false })).open).to.equal(null);
  });

  it('is the findings that are on, the worst and then the oldest first', () => {
    const at = (id: string, some: Partial<Finding>) => ofFinding({ ...spike, id, ...some } as Finding);
    const found = look(
      at('new', { since: '2026-05-04T09:59:00.000Z' }),
      at('waits', { state: 'pending' }),
      at('old', { since: '2026-05-04T09:00:00.000Z' }),
      at('worst', { severity: 'critical' }),
      at('over', { state: 'resolved' }),
    );
    expect(found.findings.map(({ id }) => id)).to.deep.equal(['worst', 'old', 'new']);
  });

  it('is the last change, and what people said that still holds', () => {
    const mark = { id: 'm', target: 'k7f2d0', who: 'oncall', at: '2026-05-04T09:58:00Z' };
    const { status } = look(
      ofMark({ ...mark, type: 'change', target: '', text: 'orders v412' }),
      ofMark({ ...mark, type: 'ack' }),
      ofMark({ ...mark, type: 'silence', target: 'm3qd77', until: '2026-05-04T12:00:00Z' }),
      ofMark({ ...mark, type: 'silence', target: 'p9xa11', until: '2026-05-04T09:59:00Z' }),
      ofRadar(radarOfGroup),
    );
    expect(status.change?.text).to.equal('orders v412');
    expect(Object.keys(status.silenced ?? {})).to.deep.equal(['m3qd77']);
    expect(status.answers?.map(({ target }) => target)).to.deep.equal(['k7f2d0', 'm3qd77']);
  });

  it('is plain data: another process sees the same', () => {
    const shown = look(ofRadar(radarOfGroup), ofFinding(spike));
    expect(JSON.parse(JSON.stringify(shown))).to.deep.equal(shown);
  });
});
