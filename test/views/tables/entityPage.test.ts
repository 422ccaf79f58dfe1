import { expect } from 'chai';
import type { EntityStory } from '../../../src/findings/entities/entityStory.ts';
import { entityPage } from '../../../src/views/tables/entityPage.ts';

const view = { columns: 96, color: false, ascii: false, timeZone: 'UTC' };
const story: EntityStory = {
  name: 'dn2',
  lines: 100,
  of: 11_328,
  first_seen: '2026-03-14T03:07:13.000Z',
  last_seen: '2026-03-14T03:14:00.000Z',
  history: { from: '2026-03-14T02:00:00.000Z', to: '2026-03-14T03:15:00.000Z', counts: [...Array<number>(22).fill(0), 40, 60] },
  places: [{ place: 'text', count: 100 }],
  groups: [{ group_id: 'hdfs', count: 100, of: 11_328 }],
  patterns: [
    {
      template_id: 'k7f2aaaa',
      group_id: 'hdfs',
      label: 'Disk failure on <host>',
      level: 'ERROR',
      count: 100,
      of: 104,
      bits: 24,
      first_seen: '2026-03-14T03:07:13.000Z',
      last_seen: '2026-03-14T03:14:00.000Z',
    },
  ],
  with: [{ name: '/data/3', count: 68 }],
};

describe('the page of an entity', () => {
  it('tells when, where, with whom and in which patterns more than elsewhere', () => {
    const lines = entityPage(story, [], view);
    expect(lines[0]).to.match(/^ENTITY {2}dn2 +2026-03-14 {2}03:07:13-03:14:00Z$/);
    const text = lines.join('\n');
    for (const part of [
      '100 lines of 11,328 (0.9 %), over 6m.',
      'Last 1m before the end.',
      'With /data/3 68.',
      '·▆█  2026-03-14  02:00-03:15Z',
    ])
      expect(text).to.contain(part);
    expect(lines).to.include('24.0  ERROR    100     104  03:14:00Z  k7f2  hdfs   Disk failure on <host>');
  });

  it('names the incidents that had it in common, and leads to the last', () => {
    const episodes = [{ id: 'e7c1aaaa', since: '2026-03-14T03:05:32.000Z', state: 'firing', title: 'Slow write', in: 5, of: 5 }];
    const lines = entityPage(story, episodes, view);
    expect(lines.at(-1)).to.equal('caducus incident e7c1');
    expect(lines.at(-3)).to.match(/^e7c1 +2026-03-14 03:05Z {2}firing +5 of 5 {2}Slow write$/);
  });

  it('lists twelve patterns, and says how many more there are', () => {
    const many = Array.from({ length: 15 }, (_, i) => ({ ...story.patterns[0]!, template_id: `t${i}aaaaaa` }));
    expect(entityPage({ ...story, patterns: many }, [], view)).to.include('3 more, with fewer bits.');
  });
});
