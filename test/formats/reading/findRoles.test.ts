import { expect } from 'chai';
import type { Draft } from '../../../src/formats/format.ts';
import { findRoles } from '../../../src/formats/reading/findRoles.ts';
import { rawFields } from '../../../src/formats/reading/rawFields.ts';

const time = Date.UTC(2026, 2, 14, 3);

/** Which fields of a raw record gave what came out of it. */
function found(raw: string, draft: Partial<Draft>, header = '') {
  const whole: Draft = { kind: 'draft', time, text: 'slow', metadata: {}, raw, line: 1, offset: 0, ...draft };
  return findRoles(whole, rawFields(raw, header).fields, { timeZone: 'UTC', dayFirst: false });
}

describe('the fields that gave a record its parts', () => {
  it('are named by their paths where they are nested', () => {
    const raw = '{"@timestamp":"2026-03-14T03:00:00Z","log":{"level":"warn"},"service":{"name":"pay"},"message":"slow"}';
    expect(found(raw, { metadata: { level: 'WARN' }, logicalId: 'pay' })).to.deep.equal({
      time: '@timestamp',
      level: 'log.level',
      group: 'service.name',
      text: 'message',
    });
  });

  it('may be behind a header, in pairs, or under a header line', () => {
    const parts = { metadata: { level: 'WARN' }, logicalId: 'pay' };
    const json = found('2026-03-14T03:00:00Z stdout F {"lvl":"warn","svc":"pay","msg":"slow"}', parts);
    expect(json).to.deep.equal({ time: null, level: 'lvl', group: 'svc', text: 'msg' });
    const pairs = found('ts=2026-03-14T03:00:00Z lvl=warn svc=pay msg="slow"', parts);
    expect(pairs).to.deep.equal({ time: 'ts', level: 'lvl', group: 'svc', text: 'msg' });
    const row = found('2026-03-14T03:00:00Z;warn;pay;"slow"', parts, 'Zeit;Stufe;Dienst;Text');
    expect(row).to.deep.equal({ time: 'Zeit', level: 'Stufe', group: 'Dienst', text: 'Text' });
  });

  it('may hold more than the text, of which a header was taken off, or less, to which lines were joined', () => {
    expect(found('{"log":"03:00:00 WARN slow\\n"}', {}).text).to.equal('log');
    expect(found('{"msg":"slow"}', { text: 'slow\n  at x' }).text).to.equal('msg');
    expect(found('{"msg":"s"}', {}).text).to.equal(null);
  });

  it('take a number for a level only where its name says that it is one', () => {
    expect(found('{"level":40,"count":4}', { metadata: { level: 'WARN' } }).level).to.equal('level');
    expect(found('{"count":4}', { metadata: { level: 'WARN' } }).level).to.equal(null);
  });
});
