import { expect } from 'chai';
import { emptyFacts } from '../../../src/formats/lines/facts.ts';
import { extendRecord, goesOn } from '../../../src/formats/lines/joining.ts';
import { newRecord, type OpenRecord } from '../../../src/formats/lines/openRecords.ts';
import { at, check, type Wanted } from '../../support/formats/readKinds.ts';

describe('lines that belong together', () => {
  const joined: Record<string, [text: string, wanted: Wanted[]]> = {
    'the two lines of java.util.logging': [
      'May 01, 2024 10:00:00 AM org.shop.Cart add\nWARNING: no stock\nMay 01, 2024 10:00:01 AM org.shop.Cart add\nSEVERE: no shop\njava.io.IOException: x\n\tat a.B(C.java:1)\n',
      [
        { time: at('10:00:00'), level: 'WARN', group: 'org.shop.Cart', text: 'no stock' },
        { time: at('10:00:01'), level: 'ERROR', text: 'no shop\njava.io.IOException: x\n\tat a.B(C.java:1)' },
      ],
    ],
    'a trace of PHP': [
      '[2024-05-01 10:00:00] app.ERROR: Undefined {"exception":"[object] (E: at /a.php:4)\n[stacktrace]\n#0 /a.php(4): f()\n#1 {main}\n"}\n[2024-05-01 10:00:01] app.INFO: next\n',
      [{ level: 'ERROR', group: 'app' }, { text: 'next' }],
    ],
    'frames of Go without a blank': [
      '2024-05-01T10:00:00Z\terror\tsend.go:1\tfailed\nexample.org/q/internal.NewSender.func1\n\texample.org/q/send.go:9\n2024-05-01T10:00:01Z\tinfo\tnext\n',
      [{ text: 'failed\nexample.org/q/internal.NewSender.func1\n\texample.org/q/send.go:9' }, { text: 'next' }],
    ],
    'a panic of Rust': [
      "2024-05-01T10:00:00Z INFO a\nthread 'main' panicked at src/m.rs:1:2:\ncalled `unwrap()` on `None`\nnote: run with it\n2024-05-01T10:00:01Z INFO b\n",
      [{ text: 'a' }, { level: 'FATAL' }, { text: 'b' }],
    ],
    'a console of .NET': [
      'fail: Shop.Cart[7]\n      no answer\ninfo: Shop.Cart[1]\n      all well\n',
      [
        { level: 'ERROR', group: 'Shop.Cart', text: 'no answer' },
        { level: 'INFO', text: 'all well' },
      ],
    ],
    'details of a database': [
      '2024-05-01 10:00:00.000 UTC [7] a@b ERROR:  deadlock\n2024-05-01 10:00:00.000 UTC [7] a@b DETAIL:  two wait\n2024-05-01 10:00:01.000 UTC [8] a@b LOG:  well\n',
      [{ level: 'ERROR' }, { level: 'INFO' }],
    ],
    'slow queries': [
      '# Time: 2024-05-01T10:00:00.000000Z\n# User@Host: a[a] @ h\n# Query_time: 2\nselect 1;\n# Time: 2024-05-01T10:00:05.000000Z\n# Query_time: 3\nselect 2;\n',
      [{ time: at('10:00:00') }, { time: at('10:00:05') }],
    ],
    'a body in XML': [
      '2024-05-01 10:00:00 INFO got\n<order>\n<id>1</id>\n</order>\n2024-05-01 10:00:01 INFO next\n',
      [{ text: 'got\n<order>\n<id>1</id>\n</order>' }, { text: 'next' }],
    ],
    'a stamp by itself, and its message below': [
      '2024-05-01T10:00:00.000000+00:00\nORA-00600: internal\nmore of it\n2024-05-01T10:00:01.000000+00:00\nwell\n',
      [{ time: at('10:00:00'), text: 'ORA-00600: internal\nmore of it' }, { text: 'well' }],
    ],
    'a report with a rule around its stamp': [
      '=ERROR REPORT==== 1-May-2024::10:00:00 ===\nclosing\n',
      [{ time: at('10:00:00'), level: 'ERROR', text: 'closing' }],
    ],
    'a record of the journal, field by field': [
      '__CURSOR=s\n__REALTIME_TIMESTAMP=1714557600000000\nPRIORITY=3\nSYSLOG_IDENTIFIER=cart\nMESSAGE=lost\n\n__CURSOR=t\n__REALTIME_TIMESTAMP=1714557601000000\nMESSAGE=found\n',
      [
        { time: at('10:00:00'), level: 'ERROR', group: 'cart', text: 'lost' },
        { time: at('10:00:01'), text: 'found' },
      ],
    ],
    'the same with a stamp in front': [
      'Wed 2024-05-01 10:00:00.000000 UTC [s=1;i=1]\n    PRIORITY=3\n    _SYSTEMD_UNIT=cart.service\n    MESSAGE=lost\n',
      [{ time: at('10:00:00'), level: 'ERROR', group: 'cart.service', text: 'lost' }],
    ],
  };
  for (const [name, [text, wanted]] of Object.entries(joined)) it(name, () => check(text, wanted));
});

describe('a line and the open record of its stream', () => {
  const open = (more: Partial<OpenRecord> = {}): OpenRecord => ({
    ...newRecord('', { line: 1, offset: 0 }),
    draft: { kind: 'draft', time: 0, text: 'first', metadata: {}, raw: 'first', line: 1, offset: 0 },
    stamped: true,
    ...more,
  });
  const joins = (text: string, facts = {}, record = open(), twoLines = false) =>
    goesOn(record, text, { ...emptyFacts(text), ...facts }, null, twoLines);

  it('do not belong together where it is JSON, or has a stamp or a level of its own', () => {
    expect(joins('  deeper')).to.equal(true);
    expect(joins('  deeper', { json: true })).to.equal(false);
    expect(joins('  deeper', { time: 5 })).to.equal(false);
    expect(joins('ERROR: x', { metadata: { level: 'ERROR' }, headed: true })).to.equal(false);
    expect(joins('  deeper', {}, open({ draft: null }))).to.equal(false);
  });

  it('belong together where it is a detail of the same process', () => {
    const facts = (pid: string) => ({ time: 5, text: 'DETAIL:  two wait', metadata: { pid } });
    const record = open();
    record.draft!.metadata.pid = '7';
    expect(joins('x', facts('7'), record)).to.equal(true);
    expect(joins('x', facts('8'), record)).to.equal(false);
  });

  it('belong together where the second line of a header has the level', () => {
    const facts = { metadata: { level: 'WARNING' }, headed: true, text: 'no stock' };
    expect(joins('WARNING: no stock', facts, open(), true)).to.equal(true);
    expect(joins('WARNING: no stock', facts, open({ more: ['x'] }), true)).to.equal(false);
    const record = open();
    record.draft!.text = 'org.shop.Cart add';
    extendRecord(record, 'WARNING: no stock', { ...emptyFacts(''), ...facts }, false, true);
    expect(record.draft).to.deep.include({
      text: 'no stock',
      logicalId: 'org.shop.Cart',
      metadata: { level: 'WARNING', component: 'org.shop.Cart' },
    });
  });

  it('grow: the line without its end, and marked where it was no UTF-8', () => {
    const record = open();
    extendRecord(record, '  deeper  ', emptyFacts('  deeper  '), true, false);
    expect(record).to.deep.include({ more: ['\n  deeper'], size: 10 });
    expect(record.draft!.metadata).to.deep.equal({ invalid_utf8: true });
  });
});
