import { expect } from 'chai';
import { readSlack } from '../../../src/sources/answers/readSlack.ts';

const now = Date.parse('2026-05-04T10:00:10.000Z');
const click = (action_id: string, value = 'yiku5svt2daed2br', more: object = {}) =>
  readSlack(
    new URLSearchParams({
      payload: JSON.stringify({
        type: 'block_actions',
        user: { id: 'U1', username: 'ana' },
        actions: [{ action_id, value, action_ts: String(Date.parse('2026-05-04T10:00:00.000Z') / 1000) }],
        ...more,
      }),
    }).toString(),
    now,
  );

describe('a click in Slack', () => {
  it('is an ack, a silence or a resolve by that person, of the finding of the message', () => {
    expect(click('caducus_ack')).to.deep.equal([
      {
        id: click('caducus_ack')[0]!.id,
        type: 'ack',
        target: 'yiku5svt2daed2br',
        who: 'ana',
        at: '2026-05-04T10:00:00.000Z',
        until: '2026-05-04T12:00:00.000Z',
        via: 'slack',
      },
    ]);
    expect(click('caducus_silence')[0]).to.include({ type: 'silence', until: '2026-05-04T12:00:00.000Z' });
    expect(click('caducus_resolve')[0]).to.include({ type: 'resolve' }).and.not.have.property('until');
  });

  it('is nothing on a link, on buttons of others, or of another kind', () => {
    for (const action of ['caducus_link_0', 'approve', 'caducus_', 'caducus_ack2']) expect(click(action)).to.deep.equal([]);
    expect(click('caducus_ack', 'x', { type: 'view_submission' })).to.deep.equal([]);
    expect(click('caducus_ack', 'x', { actions: 'none' })).to.deep.equal([]);
  });

  it('is of now where its time is none, or lies ahead', () => {
    const at = (action_ts: unknown) => click('x', 'x', { actions: [{ action_id: 'caducus_ack', value: 'x', action_ts }] })[0]!.at;
    expect([at('soon'), at('9999999999.1'), at(undefined)]).to.deep.equal(Array(3).fill('2026-05-04T10:00:10.000Z'));
  });

  it('cannot be read without a payload', () => {
    expect(() => readSlack('', now)).to.throw(SyntaxError);
    expect(() => readSlack('payload=%7B', now)).to.throw(SyntaxError);
  });
});
