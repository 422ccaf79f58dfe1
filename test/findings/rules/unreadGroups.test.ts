import { expect } from 'chai';
import { compileCondition } from '../../../src/findings/rules/condition.ts';
import { OpenFindings } from '../../../src/findings/rules/openFindings.ts';
import { options, readSettings } from '../../../src/findings/rules/options.ts';
import { UnreadGroups } from '../../../src/findings/rules/unreadGroups.ts';
import type { Event } from '../../../src/event.ts';
import type { EventSignal, Finding } from '../../../src/signal.ts';

const minute = 60_000;
const settings = readSettings(options.parse([{ name: 'unread', when: { unread: 0.05, group: '^web' } }]));

describe('a group that is not read as it was', () => {
  let found: Finding[];
  let groups: UnreadGroups;
  const make = () => {
    const open = new OpenFindings(settings, (finding) => void found.push(finding));
    return new UnreadGroups(settings.rules.map(compileCondition), open, 100);
  };
  const event = (level?: string): Event => ({
    id: '1',
    timestamp: '',
    source: 's',
    group_id: 'web',
    text: '',
    metadata: level === undefined ? {} : { level },
  });
  const signal = (one: Event, key: string, time: number): EventSignal => ({ kind: 'event', time, key, event: one });
  /** Ten lines a minute; of each ten so many without a level. */
  const lines = (from: number, to: number, unread: number, group = 'web') => {
    for (let at = from; at < to; at += 1)
      for (let i = 0; i < 10; i += 1) groups.see(signal(event(i < unread ? undefined : 'info'), group, at * minute + i));
  };

  beforeEach(() => {
    found = [];
    groups = make();
  });

  it('is a finding, once, until it is read again', () => {
    lines(0, 60, 0);
    lines(60, 120, 5);
    expect(found.map(({ state, group_id, title }) => [state, group_id, title])).to.deep.equal([
      ['firing', 'web', 'lines are not read as they were'],
    ]);
    expect(found[0]!.result).to.have.property('unread').within(0.05, 0.2);
    lines(120, 600, 0);
    expect(found.map(({ state }) => state)).to.deep.equal(['firing', 'resolved']);
  });

  it('is none that never had levels, nor one the rule is not about, nor a few lines', () => {
    lines(0, 120, 10);
    lines(0, 60, 0, 'batch');
    lines(60, 120, 10, 'batch');
    groups = make();
    for (let i = 0; i < 20; i += 1) groups.see(signal(event(i < 10 ? 'info' : undefined), 'web', i * minute));
    expect(found).to.deep.equal([]);
  });

  it('is one whose lines no longer name a time', () => {
    lines(0, 60, 0);
    for (let at = 60 * minute; at < 120 * minute; at += minute / 10)
      groups.see({ ...signal(event('info'), 'web', at), ...(at % minute === 0 && { borrowed: true }) });
    expect(found.map(({ state, title }) => [state, title])).to.deep.equal([['firing', 'lines are not read as they were']]);
  });

  it('goes on over a restart', () => {
    lines(0, 60, 0);
    const saved = JSON.parse(JSON.stringify(groups.save()));
    groups = make();
    groups.load(saved);
    lines(60, 80, 5);
    expect(found).to.have.lengthOf(1);
  });

  it('is refused beside conditions of patterns', () => {
    expect(options.safeParse([{ name: 'a', when: { unread: 0.1, state: 'new' } }]).success).to.equal(false);
    expect(options.safeParse([{ name: 'a', when: { unread: 0 } }]).success).to.equal(false);
  });
});
