import { expect } from 'chai';
import { drafts, parseAll } from '../parse.ts';

describe('tables', () => {
  it('that comments name are read with blanks or tabs between columns, and anew where they are named anew', () => {
    const w3c = [
      '#Software: a server',
      '#Fields: date time s-ip cs-method cs-uri-stem sc-status time-taken',
      '2024-06-03 10:00:00 192.0.2.1 GET /a.html 503 12',
      '2024-06-03 10:00:01 192.0.2.1 GET /b.html 200 -',
      '#Fields: time date sc-status cs-method cs-uri-stem',
      '10:00:02 2024-06-03 404 POST /c',
    ].join('\n');
    const found = drafts(parseAll('auto', w3c));
    expect(found.map(({ text }) => text)).to.deep.equal(['GET /a.html 503', 'GET /b.html 200', 'POST /c 404']);
    expect(found.map(({ time }) => new Date(time).toISOString().slice(17, 19))).to.deep.equal(['00', '01', '02']);
    expect(found[1]!.metadata).to.deep.equal({
      's-ip': '192.0.2.1',
      'cs-method': 'GET',
      'cs-uri-stem': '/b.html',
      'sc-status': '200',
      method: 'GET',
      path: '/b.html',
      status: 200,
    });
    const zeek =
      '#separator \\x09\n#fields\tts\tuid\tservice\tnote\n1717408800.123\tC1\tdns\ta name that is long\n1717408801\tC2\t-\t(empty)\n#close\t2024\n';
    expect(drafts(parseAll('auto', zeek)).map(({ time, text, logicalId }) => [time, text, logicalId])).to.deep.equal([
      [1717408800123, 'a name that is long', 'dns'],
      [1717408801000, '', undefined],
    ]);
  });
});
