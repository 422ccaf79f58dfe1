import { expect } from 'chai';
import type { EpisodeFinding } from '../../../../src/signal.ts';
import type { GroupView, MemberView } from '../../../../src/web/client.ts';
import { Arrangement } from '../../../../src/web/page/desk/arrangement.ts';
import type { Block, Row, Table } from '../../../../src/web/page/first/order.ts';
import { partly } from '../../../support/typed.ts';

const rows = (keys: string): Row[] => [...keys].map((key) => ({ kind: 'quiet', key, group: partly<GroupView>({}), finding: null }));
const block = (id: string, members: string, count = 1): Block => ({
  finding: { ...partly<EpisodeFinding>({ id, type: 'episode' }), parts: [] },
  members: [...members].map((topic_id) => partly<MemberView>({ topic_id, count })),
});
const table = (keys: string, blocks: Block[] = [], earlier = ''): Table => ({ blocks, rows: rows(keys), earlier: rows(earlier) });
const read = ({ rows: all }: Table) => all.map(({ key }) => key).join('');
const free = { held: false, force: false };
const held = { held: true, force: false };

describe('Arrangement', () => {
  it('changes at the close of a window, and between closes leaves what stays where it stands', () => {
    const order = new Arrangement();
    expect(order.isEmpty).to.equal(true);
    expect(read(order.take(table('abc'), 'w1', free))).to.equal('abc');
    expect(read(order.take(table('cbax'), 'w1', free))).to.equal('axbc');
    expect(read(order.take(table('cbax'), 'w2', free))).to.equal('cbax');
  });

  it('waits while it is held, says for what, and takes all of it when it is let go', () => {
    const order = new Arrangement();
    order.take(table('abc'), 'w1', free);
    expect(read(order.take(table('cbax'), 'w2', held))).to.equal('abc');
    expect([order.waiting, order.waits]).to.deep.equal([{ moved: 2, fresh: 1 }, true]);
    expect(read(order.take(table('cbax'), 'w2', { held: true, force: true }))).to.equal('cbax');
    expect(order.waits).to.equal(false);
  });

  it('shows the numbers of now in blocks that are held; what is gone stays', () => {
    const order = new Arrangement();
    order.take(table('', [block('e', 'ab'), block('f', 'x')]), 'w1', free);
    const { blocks } = order.take(table('', [block('e', 'ba', 7)]), 'w1', held);
    expect(
      blocks.map(({ finding: { id }, members }) => [id, members.map(({ topic_id: topic, count }) => `${topic}${count}`).join()]),
    ).to.deep.equal([
      ['e', 'a7,b7'],
      ['f', 'x1'],
    ]);
    expect(order.take(table('', [block('e', 'ba', 7)]), 'w1', free).blocks).to.have.length(1);
  });
});
