import { expect } from 'chai';
import { planWork } from '../../src/engine/plannedWork.ts';
import { readText } from '../support/engine/machines.ts';
import { testIo } from '../support/testIo.ts';

const text = `name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators: [{ group_by: { key: group_id } }, { memory: {} }, { rank: {} }]
sinks: { out: { ndjson: { path: /d/radar.ndjson, select: [radar] } } }
`;
const by = { io: testIo(), dataDir: '/d', release: '1', partitions: 3 };

describe('the work of a pipeline on an engine', () => {
  it('is of another hash by another file, release or number of parts, and of the same in another folder', () => {
    const own = planWork(readText(text), by);
    expect(own.partitions).to.equal(3);
    expect(planWork(readText(text), { ...by, dataDir: '/elsewhere' }).made).to.equal(own.made);
    const others = [
      planWork(readText(text.replace('rank: {}', 'rank: { top: 3 }')), by),
      planWork(readText(text), { ...by, release: '2' }),
      planWork(readText(text), { ...by, partitions: 4 }),
    ];
    expect(new Set([own, ...others].map(({ made }) => made)).size).to.equal(4);
  });

  it('is in no parts where there is nothing to share out', () => {
    const { cut, partitions } = planWork(readText(text.replace('{ memory: {} }, { rank: {} }', '{ normalize: {} }')), by);
    expect([cut, partitions]).to.deep.equal([null, 0]);
  });
});
