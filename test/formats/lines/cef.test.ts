import { expect } from 'chai';
import { parseCef } from '../../../src/formats/lines/cef.ts';

const cef = (severity: string, extension = '') => `CEF:0|Acme|Guard|1.2|100|Door opened|${severity}|${extension}`;

describe('a body in CEF', () => {
  it('is a record with a message, a level and its pairs', () => {
    expect(parseCef(cef('7', 'src=192.0.2.7 msg=by hand act=let in'))).to.deep.equal({
      src: '192.0.2.7',
      act: 'let in',
      msg: 'Door opened: by hand',
      product: 'Guard',
      vendor: 'Acme',
      version: '1.2',
      signature: '100',
      app: 'Guard',
      level: 'ERROR',
    });
  });

  it('has the level of its severity, in numbers or words', () => {
    const severities = ['0', '3', '4', '6', '7', '8', '9', '10', 'Low', 'Medium', 'HIGH', 'Very-High', 'Unknown', '11', ''];
    expect(severities.map((severity) => parseCef(cef(severity))!.level ?? null)).to.deep.equal([
      'INFO',
      'INFO',
      'WARN',
      'WARN',
      'ERROR',
      'ERROR',
      'FATAL',
      'FATAL',
      'INFO',
      'WARN',
      'ERROR',
      'FATAL',
      null,
      null,
      null,
    ]);
  });

  it('may hold bars and equals signs behind a backslash', () => {
    expect(parseCef('CEF:0|A\\|B|Guard|1|1|a\\\\b|3|k=a\\=b|c')).to.include({ vendor: 'A|B', msg: 'a\\b', k: 'a=b|c' });
  });

  it('is none with fewer fields, or with another beginning', () => {
    expect([parseCef('CEF:0|a|b|c|d|e'), parseCef('CEF:x|a|b|c|d|e|f'), parseCef('a CEF:0|a|b|c|d|e|f')]).to.deep.equal([null, null, null]);
  });
});

describe('a body in LEEF', () => {
  it('has tabs between its pairs, or the sign it names', () => {
    expect(parseCef('LEEF:1.0|Acme|Guard|1|opened|src=a b\tsev=9')).to.include({ msg: 'opened', src: 'a b', level: 'FATAL' });
    for (const sign of ['^', 'x5E', '0x5E'])
      expect(parseCef(`LEEF:2.0|Acme|Guard|1|opened|${sign}|src=a\tb^dst=c`), sign).to.include({ src: 'a\tb', dst: 'c' });
  });
});
