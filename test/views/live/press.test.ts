import { expect } from 'chai';
import fc from 'fast-check';
import type { Look } from '../../../src/views/live/look.ts';
import { press } from '../../../src/views/live/press.ts';
import { rowsOn, startScreen, type Pressed, type ScreenState } from '../../../src/views/live/screenState.ts';
import { typed, sampleLook } from '../../support/live/look.ts';

const look = sampleLook();

/** What a line of keys comes to: single letters, or names such as `enter` in angle brackets. */
function after(keys: string, given: Look = look, from: ScreenState = startScreen()): Pressed {
  return typed(keys).reduce<Pressed>((so, key) => press(so.state, key, given, 10), { state: from });
}

const chosenIn = (state: ScreenState, given: Look = look): string | undefined => {
  const { rows, at } = rowsOn(state, given);
  return rows[at]?.id;
};

describe('a key on the live screen', () => {
  it('j, k and arrows go through the rows and stop at either end', () => {
    const ids = rowsOn(startScreen(), look).rows.map(({ id }) => id);
    expect(ids.length).to.be.greaterThan(3);
    expect(chosenIn(after('jj').state)).to.equal(ids[2]);
    expect(chosenIn(after('j<down>k').state)).to.equal(ids[1]);
    expect(chosenIn(after('kkk').state)).to.equal(ids[0]);
    expect(chosenIn(after('Gj').state)).to.equal(ids.at(-1));
    expect(chosenIn(after('Gg').state)).to.equal(ids[0]);
  });

  it('enter explains the row that is chosen, esc comes back to it', () => {
    const explained = after('jj<return>').state;
    expect([explained.page, explained.explained?.id]).to.deep.equal(['explain', chosenIn(after('jj').state)]);
    const back = after('<escape>', look, explained).state;
    expect([back.page, chosenIn(back)]).to.deep.equal(['radar', explained.explained?.id]);
  });

  it('the choice stays with its row when another comes above it', () => {
    const { state } = after('jj');
    const moved = { ...look, radar: { ...look.radar!, blips: look.radar!.blips.toReversed() } };
    expect(chosenIn(state, moved)).to.equal(chosenIn(state));
  });

  it('the first row is chosen when the one that was is gone', () => {
    const gone = { ...look, findings: [], radar: { ...look.radar!, blips: look.radar!.blips.slice(-1), earlier: [] } };
    expect(chosenIn(after('jj').state, gone)).to.equal(gone.radar.blips[0]!.topic_id);
  });

  it('/ filters while it is typed, q in it is a letter, esc shows all', () => {
    const typing = after('/qu').state;
    expect([typing.filter, typing.prompt?.text]).to.deep.equal(['qu', 'qu']);
    expect(after('/gateway<return>').state).to.include({ filter: 'gateway', prompt: null });
    expect(after('/gateway<backspace>').state.filter).to.equal('gatewa');
    expect(after('/gateway<return><escape>').state.filter).to.equal('');
    expect(after('/gateway<escape>').state).to.include({ filter: '', prompt: null });
  });

  it('a filter needs every word, in any case, anywhere on the row', () => {
    const ids = (filter: string) => rowsOn({ ...startScreen(), filter }, look).rows.map(({ id }) => id);
    expect(ids('GATEWAY error')).to.include('k7f2d0');
    expect(ids('gateway debug')).to.deep.equal([]);
    expect(ids('k7f2')).to.include('k7f2d0');
  });

  it('s goes through the orders and comes back to the score', () => {
    const orders = [1, 2, 3, 4, 5].map((times) => after('s'.repeat(times)).state.order);
    expect(orders).to.deep.equal(['count', 'change', 'group', 'pattern', 'score']);
    const counts = rowsOn(after('s').state, look).rows.flatMap((row) => (row.kind === 'pattern' ? [row.blip.count] : []));
    expect(counts).to.deep.equal(counts.toSorted((a, b) => b - a));
  });

  it('a asks, and acks with enter alone', () => {
    const id = chosenIn(startScreen())!;
    expect(after('a').state.prompt).to.deep.equal({ for: 'ack', text: '', target: id });
    expect(after('a2h on it<return>').wish).to.deep.equal({ do: 'ack', target: id, text: '2h on it' });
    expect(after('a2h<escape>').wish).to.equal(undefined);
    expect(after('a2h<escape>').state.prompt).to.equal(null);
  });

  it('a acks what is explained, although the window has gone on without it', () => {
    const { state } = after('jj<return>');
    const empty = { ...look, findings: [], radar: { ...look.radar!, blips: [], earlier: [] } };
    expect(after('a<return>', empty, state).wish).to.deep.equal({ do: 'ack', target: state.explained!.id, text: '' });
  });

  it('p holds what is looked at until p again', () => {
    const { state } = after('p');
    const newer = { ...look, radar: null };
    expect(rowsOn(state, newer).rows).to.deep.equal(rowsOn(startScreen(), look).rows);
    expect(after('p', newer, state).state.paused).to.equal(null);
  });

  it('q, ctrl-c, ctrl-z and ctrl-l ask for what they mean', () => {
    const wishes = ['q', '<ctrl-c>', '<ctrl-z>', '<ctrl-l>'].map((key) => after(key).wish?.do);
    expect(wishes).to.deep.equal(['quit', 'interrupt', 'suspend', 'redraw']);
    expect(after('/<ctrl-c>').wish?.do).to.equal('interrupt');
  });

  it('control characters type nothing', () => {
    const text = String.fromCharCode(7);
    expect(press(after('/').state, { name: '', text, ctrl: false }, look, 10).state.filter).to.equal('');
  });

  it('any keys leave a choice that is on the list, and an order, and a page', () => {
    const keys = fc.array(fc.constantFrom(...'jkgGasp/?c q'.split(''), '<return>', '<escape>', '<pagedown>', '<backspace>', '<end>'), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(keys, fc.boolean(), (line, empty) => {
        const given = empty ? { ...look, findings: [], radar: null } : look;
        const { state } = after(line.join(''), given);
        const { rows, at } = rowsOn(state, given);
        expect(at).to.be.within(rows.length === 0 ? -1 : 0, rows.length - 1);
        expect(JSON.parse(JSON.stringify(state))).to.deep.equal(state);
      }),
    );
  });
});
