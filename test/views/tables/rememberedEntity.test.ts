import { expect } from 'chai';
import { rememberedEntity } from '../../../src/views/tables/rememberedEntity.ts';

const view = { columns: 96, color: false, ascii: false, timeZone: 'UTC' };
const remembered = {
  pipeline: 'hdfs',
  lines: 12_044,
  of: 3_201_004,
  since: '2026-02-11T04:20:00.000Z',
  first_seen: '2026-02-12T04:20:00.000Z',
  last_seen: '2026-03-14T03:14:00.000Z',
  places: [{ place: 'host', count: 8011 }],
  groups: [{ group_id: 'hdfs:datanode', count: 12_044 }],
  patterns: [{ template_id: 'gone', count: 9 }],
  with: [{ name: '/data/3', count: 68 }],
};

describe('what is remembered of an entity', () => {
  it('is told with its time, its share, its groups and its company; patterns that are forgotten are left out', () => {
    const text = rememberedEntity(remembered, [], view).join(' ');
    for (const part of [
      'Remembered by hdfs since 2026-02-11 04:20Z:',
      '12,044 lines of 3,201,004 (0.38 %), the first 2026-02-12 04:20Z, the last 2026-03-14 03:14Z.',
      'As host 8,011.',
      'Groups: hdfs:datanode 12,044.',
      'With /data/3 68.',
    ])
      expect(text).to.contain(part);
    expect(text).not.to.contain('gone').and.not.to.contain('pattern');
  });
});
