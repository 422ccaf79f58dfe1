import { expect } from 'chai';
import { CaducusErrors } from '../../../src/errors.ts';
import { toIso } from '../../../src/event.ts';
import { readIncidents } from '../../../src/cli/backtest/readIncidents.ts';

const read = (text: string, zone = 'UTC') =>
  readIncidents('i.csv', text, zone).map(({ start, end, ...rest }) => ({
    ...rest,
    start: toIso(start),
    end: end === null ? null : toIso(end),
  }));

describe('a list of incidents', () => {
  it('is read as a pager exports it', () => {
    expect(
      read(
        'id,incident_number,description,service_id,service_name,created_on,resolved_on\nQ1,961,"slow, very",PX,Payments API,2026-03-14T03:05:00Z,2026-03-14T04:00:00Z\n',
      ),
    ).to.deep.equal([
      { id: '961', title: 'slow, very', service: 'Payments API', start: '2026-03-14T03:05:00.000Z', end: '2026-03-14T04:00:00.000Z' },
    ]);
  });

  it('may be separated otherwise, begin with a mark, name no service, and hold blank lines', () => {
    expect(read('\ufeffKey;Created;Summary\n\nOPS-7;2026-03-14 03:05;web down\n;;\n')).to.deep.equal([
      { id: 'OPS-7', title: 'web down', service: null, start: '2026-03-14T03:05:00.000Z', end: null },
    ]);
  });

  it('has times in the zone of the user, or in seconds since 1970', () => {
    expect(read('started_at\n2026-03-14 03:05:00\n', 'Europe/Berlin')[0]).to.include({ id: 'line 2', start: '2026-03-14T02:05:00.000Z' });
    expect(read('start,end\n1773457500,1773461100\n')[0]).to.include({
      start: '2026-03-14T03:05:00.000Z',
      end: '2026-03-14T04:05:00.000Z',
    });
  });

  it('names every line that has no time, and a table without a begin', () => {
    let failure: unknown;
    try {
      read('id,start\n1,soon\n2,2026-03-14T03:05:00Z\n3,\n');
    } catch (error) {
      failure = error;
    }
    expect(failure).to.be.instanceOf(CaducusErrors);
    expect((failure as CaducusErrors).errors.map(({ where, what }) => `${where.line} ${what}`)).to.deep.equal([
      '2 "soon" is no time',
      '4 "" is no time',
    ]);
    expect(() => read('id,title\n1,x\n')).to.throw('no column says when an incident began: id, title');
    expect(() => read('')).to.throw('the file is empty');
  });
});
