import { expect } from 'chai';
import fc from 'fast-check';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { drawMarbles, parseMarbles } from '../../../src/pipeline/tests/marbleText.ts';
import { matches } from '../../../src/pipeline/tests/matches.ts';
import { runTest } from '../../../src/run/runTest.ts';
import { builtins } from '../../../src/pipeline/builtins.ts';
import { testIo } from '../../support/testIo.ts';

const head = `name: p
sources: { in: { file: { path: nothing.ndjson } } }
operators:
  - group_by: { key: group_id }
  - spike: { bucket: 1m, detector: ratio, window: 3, quiet: 0 }
tests:
`;

async function failuresOf(test: string): Promise<string[]> {
  const pipeline = loadPipeline('p.yaml', head + test, { registry: builtins, variables: { env: {}, config: () => undefined } });
  return (await runTest(pipeline, pipeline.tests[0]!, testIo())).failures;
}

const feed = `    frame: 1m
    feed: { in: { marbles: "aaa(aaaaaa)a|", values: { a: { text: hello } } } }
`;

describe('a test in a pipeline file', () => {
  it('passes when what it expects comes where and when it says', async () => {
    const test = `  - name: t\n${feed}    expect:\n      - { from: spike, kind: finding, count: 1, match: { state: firing, result.value: 6 }, at: 4m }\n      - { nothing: late }\n      - { nothing: rejected }\n`;
    expect(await failuresOf(test)).to.deep.equal([]);
  });

  it('shows what came instead when nothing matches', async () => {
    const failures = await failuresOf(`  - name: t\n${feed}    expect: [ { from: spike, kind: finding, match: { state: pending } } ]\n`);
    expect(failures.slice(0, 5)).to.deep.equal([
      'expected at least 1 from spike matching {"state":"pending"}, got 0',
      '  expected  =============  a character is 1m',
      '  actual    ----?-?-----?',
      '  nearest, at +4:00:',
      '    state  expected "pending"  got "firing"',
    ]);
    expect(failures[5]).to.match(/^ {3}\+4:00 {2}finding state="firing"/);
  });

  it('says when it came at another time', async () => {
    const failures = await failuresOf(
      `  - name: t\n${feed}    expect: [ { from: spike, kind: finding, match: { state: firing }, at: 3m } ]\n`,
    );
    expect(failures.slice(1, 4)).to.deep.equal([
      '  matching at another time: +4:00, +12:00',
      '  expected  ---x---------  a character is 1m',
      '  actual    ----x-?-----x',
    ]);
  });

  it('draws expected and actual marbles under each other', async () => {
    const failures = await failuresOf(
      `  - name: t\n${feed}    expect: [ { from: spike, kind: finding, marbles: "---F", values: { F: { state: firing } } } ]\n`,
    );
    expect(failures.slice(0, 4)).to.deep.equal([
      'from spike, a character is 1m',
      '  expected  ---F',
      '  actual    ----F-?-----F',
      '  F = {"state":"firing"}',
    ]);
    expect(failures[4]).to.match(/^ {2}\? at \+6:00 is finding state="resolved"/);
    expect(failures[5]).to.equal('    state  F has "firing"  got "resolved"');
  });

  it('checks an order, others lying between', async () => {
    expect(
      await failuresOf(
        `  - name: t\n${feed}    expect: [ { from: spike, kind: finding, order: [ { state: firing }, { state: resolved } ] } ]\n`,
      ),
    ).to.deep.equal([]);
    expect(
      (
        await failuresOf(
          `  - name: t\n${feed}    expect: [ { from: spike, kind: finding, order: [ { state: resolved }, { state: resolved } ] } ]\n`,
        )
      )[0],
    ).to.contain('number 2 did not come');
  });

  it('takes inline records with offsets, and a field that is none of an event as metadata', async () => {
    const test = `  - name: t
    feed: { in: [ { at: 0s, text: a }, { at: 90s, text: b, level: error } ] }
    expect: [ { from: in, kind: event, order: [ { text: a }, { text: b, metadata.level: error } ] }, { from: in, count: 1, match: { text: b }, at: 90s } ]
`;
    expect(await failuresOf(test)).to.deep.equal([]);
  });

  it('that expects nothing, or feeds no source, is refused', async () => {
    const refused = await failuresOf(`  - name: t\n${feed}    expect: [ { from: spike } ]\n`).then(
      () => '',
      (e: Error) => e.message,
    );
    expect(refused).to.contain('expects nothing yet');
    const unfed = await failuresOf(`  - name: t\n    feed: { out: [ { text: a } ] }\n    expect: [ { count: 0 } ]\n`).then(
      () => '',
      (e: Error) => e.message,
    );
    expect(unfed).to.contain('CAD018 tests[0].feed.out: no source is called "out"');
  });
});

describe('marbles as text', () => {
  it('count the characters of a group as frames, all of it at its first', () => {
    expect(parseMarbles('a-(bc)-d|')).to.deep.equal({
      marks: [
        { frame: 0, letter: 'a' },
        { frame: 2, letter: 'b' },
        { frame: 2, letter: 'c' },
        { frame: 7, letter: 'd' },
      ],
      end: 8,
    });
  });

  it('name the column of what they cannot read', () => {
    expect(() => parseMarbles('a-*')).to.throw(RangeError, 'column 3');
    expect(() => parseMarbles('a(b')).to.throw(RangeError, 'not closed');
  });

  it('are read back as they were drawn', () => {
    const marks = fc.uniqueArray(
      fc.record({ frame: fc.integer({ min: 0, max: 20 }).map((n) => n * 6), letter: fc.constantFrom('a', 'b', 'c') }),
      { selector: (m) => `${m.frame}${m.letter}` },
    );
    fc.assert(
      fc.property(marks, (list) => {
        const sorted = list.toSorted((a, b) => a.frame - b.frame);
        expect(parseMarbles(drawMarbles(sorted)).marks).to.deep.equal(sorted);
      }),
    );
  });
});

describe('a match', () => {
  const record = { label: 'Disk failure', count: 5, tags: ['a', 'b'], slots: [{ type: 'host' }], nothing: null };
  const table: [wanted: Record<string, unknown>, fits: boolean][] = [
    [{ label: 'Disk failure' }, true],
    [{ label: '/disk/i' }, true],
    [{ label: '/disk/' }, false],
    [{ count: { gt: 4, lte: 5 } }, true],
    [{ count: { lt: 5 } }, false],
    [{ tags: ['b'] }, true],
    [{ tags: ['c'] }, false],
    [{ slots: [{ type: 'host' }] }, true],
    [{ nothing: null }, true],
    [{ missing: 'x' }, false],
    [{ missing: '/undefined/' }, false],
  ];
  for (const [wanted, fit] of table)
    it(`${JSON.stringify(wanted)} ${fit ? 'fits' : 'does not fit'}`, () => expect(matches(record, wanted)).to.equal(fit));
});
