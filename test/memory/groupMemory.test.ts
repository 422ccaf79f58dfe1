import { expect } from 'chai';
import type { Json } from '../../src/event.ts';
import { GroupMemory } from '../../src/memory/groupMemory.ts';
import type { Blip } from '../../src/signal.ts';
import { heardMemory, lineAt } from '../support/memory/heardMemory.ts';
import { minuteMemory } from '../support/memory/memoryOptions.ts';

const minute = 60_000;

describe('the memory of a group', () => {
  it('closes a window when its time has come, and the last one at the last event', () => {
    const { hear, end, blips, memory } = heardMemory();
    hear('disk full', 10_000);
    expect([memory.due(), blips.length]).to.deep.equal([minute, 0]);
    hear('disk full', minute);
    expect(blips.map(({ start, count }) => [start, count])).to.deep.equal([['1970-01-01T00:00:00.000Z', 1]]);
    end();
    expect(blips).to.have.length(2);
    expect(memory.due()).to.equal(null);
  });

  it('learns and counts a line whose window has closed, and has it in none', () => {
    const { hear, memory, advance, blips } = heardMemory();
    hear('disk full', 10_000);
    hear('disk full', minute + 1);
    expect([memory.isLate(59_999), memory.isLate(minute)]).to.deep.equal([true, false]);
    memory.observe(lineAt('disk full', 20_000), 20_000);
    expect([memory.events, memory.late]).to.deep.equal([3, 1]);
    advance(2 * minute);
    expect(blips.map(({ count }) => count)).to.deep.equal([1, 1]);
  });

  it('reports what was never seen before as new of the next window, marked late, all lines of it', () => {
    const { hear, memory, advance, blips } = heardMemory();
    hear('disk full', 10_000);
    hear('disk full', minute + 1);
    for (const time of [20_000, 21_000]) memory.observe(lineAt('volume lost its leader', time), time);
    expect(memory.late).to.equal(2);
    advance(2 * minute);
    const late = blips.filter(({ why }) => why.late !== undefined);
    expect(late.map(({ label, start, state, count, why }) => [label, start, state, count, why.late])).to.deep.equal([
      ['volume lost its leader', '1970-01-01T00:01:00.000Z', 'new', 2, 2],
    ]);
    expect(late[0]!.first_seen).to.equal('1970-01-01T00:00:20.000Z');
    memory.observe(lineAt('volume lost its leader', 22_000), 22_000);
    expect(memory.late).to.equal(3);
    advance(3 * minute);
    expect(blips.filter(({ label, count }) => label.startsWith('volume') && count > 0)).to.have.length(1);
  });

  it('reports it at the end of the input, too, and after it was saved and loaded', () => {
    const { hear, memory, blips } = heardMemory();
    hear('disk full', 10_000);
    hear('disk full', minute + 1);
    memory.tick(2 * minute, (blip) => blips.push(blip));
    memory.observe(lineAt('volume lost its leader', 20_000), 20_000);
    const again = GroupMemory.load(JSON.parse(JSON.stringify(memory.save())) as Json, minuteMemory);
    const seen: Blip[] = [];
    again.end((blip) => seen.push(blip));
    expect(seen.filter(({ count }) => count > 0).map(({ label, state, why }) => [label, state, why.late])).to.deep.equal([
      ['volume lost its leader', 'new', 1],
    ]);
  });

  it('counts a line that holds nothing, and knows no template of it', () => {
    const memory = new GroupMemory('g', minuteMemory);
    const id = memory.observe(lineAt('disk full', 0), 0);
    expect(id).to.be.a('string');
    expect(memory.observe(lineAt('disk full', 1), 1)).to.equal(id);
    expect(memory.observe(lineAt('cpu hot', 2), 2)).to.not.equal(id);
    expect(memory.events).to.equal(3);
  });

  it('says nothing of a group that never had a line', () => {
    const { end, blips, memory } = heardMemory();
    memory.tick(minute, (blip) => blips.push(blip));
    end();
    expect([memory.due(), blips]).to.deep.equal([null, []]);
  });

  it('counts the groups that it stands for', () => {
    const { memory, end, blips } = heardMemory({}, 0);
    memory.observe(lineAt('disk full', 1), 1, 'web');
    memory.observe(lineAt('cpu hot', 2), 2, 'db');
    memory.observe(lineAt('fan off', 3), 3);
    end();
    expect(blips.map(({ label, from }) => [label, from?.group, from?.groups])).to.have.deep.members([
      ['disk full', 'web', 2],
      ['cpu hot', 'db', 2],
      ['fan off', undefined, 2],
    ]);
  });

  it('holds more bytes the more templates it has', () => {
    const memory = new GroupMemory('g', minuteMemory);
    const empty = memory.bytes;
    memory.observe(lineAt('disk full', 0), 0);
    const one = memory.bytes;
    memory.observe(lineAt('a much longer line than that of another kind', 1), 1);
    expect(one).to.be.above(empty);
    expect(memory.bytes - one).to.be.above(one - empty);
  });
});
