import { expect } from 'chai';
import type { EpisodeFinding } from '../../../../src/signal.ts';
import type { BlipView, GroupView, MemberView } from '../../../../src/web/client.ts';
import { filterTable, fits } from '../../../../src/web/page/desk/filterTable.ts';
import type { Table } from '../../../../src/web/page/first/order.ts';
import { partly } from '../../../support/typed.ts';

const blip = (topic_id: string, pattern: string, group_id: string) => partly<BlipView>({ topic_id, pattern, group_id, state: 'rising' });
const table: Table = {
  blocks: [
    {
      finding: { ...partly<EpisodeFinding>({ id: 'e7c100', type: 'episode' }), parts: [] },
      members: [
        partly<MemberView>({ topic_id: 'k7f222', label: 'Disk failure', group_id: 'hdfs' }),
        partly<MemberView>({ topic_id: 'p9xa11', label: 'Slow write', group_id: 'hdfs' }),
      ],
    },
  ],
  rows: [
    { kind: 'row', key: 'a', blip: blip('z3lm77', 'JWT expired <id>', 'auth') },
    { kind: 'quiet', key: 'q', group: partly<GroupView>({ group_id: 'billing' }), finding: null },
  ],
  earlier: [],
};
const keys = ({ blocks, rows }: Table) => [
  ...blocks.flatMap(({ finding, members }) => [finding.id, ...members.map(({ topic_id: id }) => id)]),
  ...rows.map(({ key }) => key),
];
const short = (id: string) => id.slice(0, 4);

describe('filterTable', () => {
  for (const [words, what, wanted] of [
    ['', 'leaves all', ['e7c100', 'k7f222', 'p9xa11', 'a', 'q']],
    ['jwt', 'finds a pattern in whatever letters', ['a']],
    ['DISK', 'finds a member, and its episode with it', ['e7c100', 'k7f222']],
    ['e7c1', 'finds an episode by its id', ['e7c100']],
    ['z3lm', 'finds a row by its id', ['a']],
    ['no data', 'finds what cannot be seen', ['q']],
    ['rising', 'finds a state', ['a']],
    ['nothing like it', 'finds nothing', []],
  ] as const)
    it(`"${words}" ${what}`, () => expect(keys(filterTable(table, words, short))).to.deep.equal(wanted));

  it('fits what has the words', () => {
    expect([fits('', 'a'), fits('B', 'abc'), fits('x', 'abc')]).to.deep.equal([true, true, false]);
  });
});
