import { expect } from 'chai';
import { rewrite } from '../../../src/pipeline/tests/rewrite.ts';

const file = `# A file as people write them.
tests:
  - name: one      # why it is there
    expect:
      - { from: rank, count: 3 }    # the count
      - from: "rank"   # quoted
        match:
          state: new   # the state
          label: 'Disk'

      - order:
          - { state: new }
          # in between
          - { state: gone }
        kind: radar
  - name: two
    expect: [ { marbles: "a-b", values: { a: {} } }, { match: {} } ]
`;
const at = (...path: (string | number)[]) => ['tests', 0, 'expect', ...path];

describe('a value written into a pipeline file', () => {
  const table: [what: string, path: (string | number)[], value: unknown, from: string, to: string][] = [
    ['leaves the comment behind it', at(0, 'count'), 4, 'count: 3 }    # the count', 'count: 4 }    # the count'],
    ['stays plain in a block', at(1, 'match', 'state'), 'gone', 'state: new   # the state', 'state: gone   # the state'],
    ['keeps its quotes', at(1, 'match', 'label'), "it's", "label: 'Disk'", "label: 'it''s'"],
    ['loses its quotes when it is no text any more', at(1, 'from'), 7, 'from: "rank"   # quoted', 'from: 7   # quoted'],
    ['is quoted where it would mean something else', at(1, 'match', 'state'), 'true', 'state: new ', 'state: "true" '],
    ['is quoted where a bracket would end it', at(0, 'from'), 'a, b]', 'from: rank,', 'from: "a, b]",'],
    [
      'takes the place of a block',
      at(2, 'order'),
      [{ state: 'new' }],
      '          - { state: new }\n          # in between\n          - { state: gone }\n',
      '          [ { state: new } ]\n',
    ],
    ['is added to a map in brackets', at(0, 'at'), '3m', 'count: 3 }', 'count: 3, at: 3m }'],
    [
      'is added to a block on a line of its own',
      at(1, 'count'),
      2,
      "          label: 'Disk'\n",
      "          label: 'Disk'\n        count: 2\n",
    ],
    ['is added to an empty map', ['tests', 1, 'expect', 1, 'match', 'x'], 1, 'match: {}', 'match: { x: 1 }'],
    [
      'brings the map that is to hold it',
      at(0, 'values', 'a'),
      { state: 'new' },
      'count: 3 }',
      'count: 3, values: { a: { state: new } } }',
    ],
  ];
  for (const [what, path, value, from, to] of table) {
    it(what, () => {
      expect(file).to.contain(from);
      expect(rewrite('p.yaml', file, [{ path, value }]).text).to.equal(file.replace(from, to));
    });
  }

  it('comes with its place, what was there, and what is there now', () => {
    expect(
      rewrite('p.yaml', file, [
        { path: at(0, 'count'), value: 4 },
        { path: at(0, 'at'), value: '3m' },
      ]).made,
    ).to.deep.equal([
      { line: 5, column: 30, path: 'tests[0].expect[0].count', before: '3', after: '4' },
      { line: 5, column: 9, path: 'tests[0].expect[0].at', before: null, after: '3m' },
    ]);
  });

  it('may be one of several in one map', () => {
    const path = ['tests', 1, 'expect', 0];
    const { text } = rewrite('p.yaml', file, [
      { path: [...path, 'marbles'], value: 'a-bcd' },
      { path: [...path, 'values', 'c'], value: {} },
      { path: [...path, 'values', 'd'], value: {} },
    ]);
    expect(text).to.contain('{ marbles: "a-bcd", values: { a: {}, c: {}, d: {} } }');
  });

  it('behind an alias is refused, since it stands in two places', () => {
    const aliased = 'shared: &x { count: 1 }\ntests: [ { expect: [ *x ] } ]\n';
    expect(() => rewrite('p.yaml', aliased, [{ path: at(0, 'count'), value: 2 }])).to.throw('stands behind an alias');
  });
});
