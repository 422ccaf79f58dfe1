import { expect } from 'chai';
import { OpenSessions } from '../../../src/safeguards/sessions/openSessions.ts';

const made = () => new OpenSessions({ idle: 10, max: 100 });
const over = (sessions: OpenSessions, time: number) =>
  [...sessions.over(time)].map(({ session, at, whole }) => `${session.entity}@${at}${whole ? '' : ' cut'} ${session.events}`);

describe('sessions that go on', () => {
  it('are over when they were idle for so long, in order of time', () => {
    const sessions = made();
    sessions.add('b', 'x', 0, false);
    sessions.add('a', 'x', 5, false);
    sessions.add('b', 'y', 8, false);
    expect([sessions.size, sessions.due]).to.deep.equal([2, 15]);
    expect(over(sessions, 14)).to.deep.equal([]);
    expect(over(sessions, 18)).to.deep.equal(['a@15 1', 'b@18 2']);
    expect([sessions.size, sessions.due]).to.deep.equal([0, null]);
  });

  it('are cut where they may have begun before, or last too long', () => {
    const sessions = made();
    sessions.add('a', 'x', 0, true);
    for (let time = 0; time <= 100; time += 10) sessions.add('b', 'x', time, false);
    expect(over(sessions, 200)).to.deep.equal(['a@10 cut 1', 'b@100 cut 11']);
  });

  it('take no straggler of one that is over, for as long again', () => {
    const sessions = made();
    sessions.add('a', 'x', 0, false);
    over(sessions, 10);
    expect([sessions.isStraggler('a', 19), sessions.isStraggler('a', 20), sessions.isStraggler('b', 12)]).to.deep.equal([
      true,
      false,
      false,
    ]);
    over(sessions, 20);
    expect(sessions.isStraggler('a', 19)).to.equal(false);
  });

  it('make room by the one silent longest', () => {
    const sessions = made();
    sessions.add('a', 'x', 5, false);
    sessions.add('b', 'x', 1, false);
    expect([sessions.dropSilent()?.entity, sessions.dropSilent()?.entity, sessions.dropSilent()]).to.deep.equal(['b', 'a', null]);
  });

  it('tell 1,024 patterns apart', () => {
    const sessions = made();
    for (let i = 0; i < 1030; i += 1) sessions.add('a', `p${i}`, 0, false);
    const { session } = [...sessions.over(10)][0]!;
    expect([session.counts.size, session.counts.get('others')]).to.deep.equal([1025, 6]);
  });

  it('are the same after a save and load, and none once cleared', () => {
    const sessions = made();
    sessions.add('a', 'x', 0, false);
    over(sessions, 10);
    sessions.add('b', 'x', 12, true);
    const loaded = made();
    loaded.load(JSON.parse(JSON.stringify(sessions.save())));
    expect([loaded.save(), loaded.due, loaded.isStraggler('a', 15)]).to.deep.equal([sessions.save(), 22, true]);
    expect([loaded.clear(), loaded.size, loaded.due]).to.deep.equal([1, 0, null]);
  });
});
