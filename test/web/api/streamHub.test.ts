import { expect } from 'chai';
import { mostReaders, StreamHub } from '../../../src/web/api/streamHub.ts';

/** A reader that takes as much as it is told to, and keeps what it got. */
function reader() {
  const got: string[] = [];
  let [caughtUp, left]: (() => void)[] = [() => undefined, () => undefined];
  const state = { full: false, ended: false };
  return {
    got,
    state,
    events: () =>
      got
        .join('')
        .split('\n\n')
        .filter((text) => text.includes('data:'))
        .map((text) => `${/event: (\w+)/.exec(text)?.[1]} ${/data: (.*)/.exec(text)?.[1]}`),
    ids: () => [...got.join('').matchAll(/id: (\d+)/g)].map(([, id]) => Number(id)),
    drain: () => {
      state.full = false;
      caughtUp!();
    },
    leave: () => left!(),
    reader: {
      write: (piece: string | Uint8Array) => {
        got.push(Buffer.from(piece).toString());
        return !state.full;
      },
      drained: (then: () => void) => void (caughtUp = then),
      gone: (then: () => void) => void (left = then),
      end: () => void (state.ended = true),
    },
  };
}

function hub() {
  const board = { of: 0 };
  return { board, hub: new StreamHub({ board: () => `"board ${board.of}"`, start: 100 }) };
}

describe('StreamHub', () => {
  it('begins with the whole board, then tells what happens, each with a running number', () => {
    const { board, hub: one } = hub();
    const who = reader();
    one.open(who.reader, null);
    one.tell('finding', { id: 'f' });
    board.of = 1;
    one.flush();
    one.flush();
    one.tell('mark', { id: 'm' });
    expect(who.events()).to.deep.equal(['radar "board 0"', 'finding {"id":"f"}', 'radar "board 1"', 'mark {"id":"m"}']);
    expect(who.ids()).to.deep.equal([100, 101, 102, 103]);
  });

  it('sends who comes back what was missed, of boards the newest only', () => {
    const { board, hub: one } = hub();
    for (const n of [1, 2, 3]) {
      one.tell('finding', { n });
      board.of = n;
      one.flush();
    }
    const who = reader();
    one.open(who.reader, 102);
    expect(who.events()).to.deep.equal(['finding {"n":2}', 'finding {"n":3}', 'radar "board 3"']);
    const upToDate = reader();
    one.open(upToDate.reader, 106);
    expect(upToDate.events()).to.deep.equal([]);
  });

  it('sends the whole board beyond what is remembered, and to who comes from another process', () => {
    const { hub: one } = hub();
    for (let n = 0; n < 1001; n += 1) one.tell('finding', { n });
    for (const [last, events] of [
      [101, 1000],
      [100, 1],
      [99, 1],
      [5000, 1],
    ] as const) {
      const who = reader();
      one.open(who.reader, last);
      expect(who.events(), String(last)).to.have.length(events);
    }
  });

  it('holds no queue for a slow reader: it gets the newest board once it has caught up, and costs the others nothing', () => {
    const { board, hub: one } = hub();
    const [slow, quick] = [reader(), reader()];
    one.open(slow.reader, null);
    one.open(quick.reader, null);
    slow.state.full = true;
    one.tell('finding', { n: 0 });
    for (let n = 1; n <= 500; n += 1) {
      one.tell('finding', { n });
      one.ping('now');
    }
    board.of = 9;
    one.flush();
    expect(slow.events()).to.deep.equal(['radar "board 0"', 'finding {"n":0}']);
    expect(quick.events()).to.have.length(1 + 501 + 500 + 1);
    slow.drain();
    expect(slow.events().at(-1)).to.equal('radar "board 9"');
    one.tell('mark', { id: 'm' });
    expect(slow.events().at(-1)).to.equal('mark {"id":"m"}');
  });

  it('makes a board once, however many were slow when it changed', () => {
    let made = 0;
    const many = new StreamHub({ board: () => `"board ${(made += 1)}"`, start: 0 });
    const slow = Array.from({ length: 5 }, reader);
    for (const one of slow) many.open(one.reader, null);
    for (const one of slow) one.state.full = true;
    for (let i = 0; i < 3; i += 1) {
      many.changed();
      many.flush();
    }
    const before = made;
    for (const one of slow) one.drain();
    expect([made - before, new Set(slow.map((one) => one.events().at(-1)))]).to.deep.equal([0, new Set([`radar "board ${before}"`])]);
  });

  it('says that it is alive, takes so many readers and no more, and lets those go that leave', () => {
    const { hub: one } = hub();
    const all = Array.from({ length: mostReaders }, reader);
    for (const { reader: who } of all) expect(one.open(who, null)).to.equal(true);
    expect(one.open(reader().reader, null)).to.equal(false);
    one.ping('2026-03-14T03:15:00.000Z');
    expect(all[0]!.events().at(-1)).to.equal('ping {"now":"2026-03-14T03:15:00.000Z"}');
    all[0]!.leave();
    expect([one.readers, one.open(reader().reader, null)]).to.deep.equal([mostReaders - 1, true]);
    one.close();
    expect([one.readers, all[1]!.state.ended]).to.deep.equal([0, true]);
  });

  it('makes no board while nobody looks', () => {
    const one = new StreamHub({ board: () => expect.fail('made'), start: 0 });
    one.tell('finding', { id: 'f' });
    one.changed();
    one.flush();
  });
});
