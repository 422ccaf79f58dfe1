import { expect } from 'chai';
import type { BlipView } from '../../../../src/web/client.ts';
import { Pin } from '../../../../src/web/page/desk/pin.ts';
import type { Row, Table } from '../../../../src/web/page/first/order.ts';
import { partly } from '../../../support/typed.ts';

const row = (id: string): Row => ({ kind: 'row', key: id, blip: partly<BlipView>({ topic_id: id, end: 'then', trend: [1, 2] }) });
const table = (...ids: string[]): Table => ({ blocks: [], rows: ids.map(row), earlier: [] });
const earlier = ({ earlier: all }: Table) => all.map(({ key }) => key);

describe('Pin', () => {
  it('keeps the chosen row in sight when it leaves the top, as it was last', () => {
    const pin = new Pin();
    expect(earlier(pin.take(table('a', 'b'), 'a'))).to.deep.equal([]);
    const [kept] = pin.take(table('b'), 'a').earlier;
    expect(kept).to.deep.include({ kind: 'earlier', key: 'was a' });
    expect(kept?.kind === 'earlier' && [kept.blip.until, kept.blip.trend_now]).to.deep.equal(['then', [1, 2]]);
  });

  it('keeps none that was not chosen, none that is there, and none twice', () => {
    const pin = new Pin();
    pin.take(table('a', 'b'), 'a');
    expect(earlier(pin.take(table('b'), 'b'))).to.deep.equal([]);
    expect(earlier(pin.take(table('b'), null))).to.deep.equal([]);
    pin.take(table('a'), 'a');
    const was: Row = { kind: 'earlier', key: 'was a', blip: { ...partly<BlipView>({}), until: 'x', trend_now: [] } };
    expect(earlier(pin.take({ ...table('b'), earlier: [was] }, 'a'))).to.deep.equal(['was a']);
  });
});
