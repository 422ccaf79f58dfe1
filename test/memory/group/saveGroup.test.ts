import { expect } from 'chai';
import fc from 'fast-check';
import { toIso, type Json } from '../../../src/event.ts';
import { GroupMemory } from '../../../src/memory/groupMemory.ts';
import { loadGroup, saveGroup } from '../../../src/memory/group/saveGroup.ts';
import type { Blip } from '../../../src/signal.ts';
import { minuteMemory } from '../../support/memory/memoryOptions.ts';

const texts = ['disk full', 'request 17 took 9 ms', 'connection refused', 'job 3 done'];

/** A memory that has heard lines, each so long after the one before it, and what it has said of them. */
function heard(lines: readonly (readonly [text: number, pause: number])[], memory = new GroupMemory('g', minuteMemory), from = 0): Blip[] {
  const out: Blip[] = [];
  let time = from;
  lines.forEach(([text, pause], i) => {
    time += pause;
    for (let due = memory.due(); due !== null && due <= time; due = memory.due()) memory.tick(due, (blip) => out.push(blip));
    memory.observe({ id: `${from}-${i}`, timestamp: toIso(time), source: 's', group_id: 'g', text: texts[text]!, metadata: {} }, time);
  });
  return out;
}

const lines = fc.array(fc.tuple(fc.nat(texts.length - 1), fc.nat(90_000)), { maxLength: 40 });
const asJson = (saved: Json): Json => JSON.parse(JSON.stringify(saved)) as Json;

describe('the saved memory of a group', () => {
  it('is plain JSON, and what is loaded of it is saved as the same', () => {
    fc.assert(
      fc.property(lines, (given) => {
        const memory = new GroupMemory('g', minuteMemory);
        heard(given, memory);
        const saved = memory.save();
        expect(saveGroup(loadGroup(asJson(saved), minuteMemory))).to.deep.equal(saved);
      }),
      { numRuns: 50 },
    );
  });

  it('goes on as if it had never been saved', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const memory = new GroupMemory('g', minuteMemory);
        heard(before, memory);
        const restored = GroupMemory.load(asJson(memory.save()), minuteMemory);
        const from = 40 * 90_000;
        expect(heard(after, restored, from)).to.deep.equal(heard(after, memory, from));
      }),
      { numRuns: 50 },
    );
  });

  it('holds no more than there is: nothing of other groups, of changed windows or masks', () => {
    const saved = new GroupMemory('g', minuteMemory).save();
    expect(saved).to.not.have.any.keys('others', 'groups', 'changed', 'partial', 'reforming');
  });

  it('keeps what was changed about it', () => {
    const bare = asJson(new GroupMemory('g', minuteMemory, 7).save());
    const saved = {
      ...(bare as object),
      changed: { at: 5, until: 9 },
      partial: [{ start: 0, end: 5, cells: [] }],
      reforming: { until: 9, ids: ['a'] },
    };
    expect(saveGroup(loadGroup(saved, minuteMemory))).to.deep.equal(saved);
    expect(saved).to.include.keys('groups');
  });

  it('takes what older releases did not save for nothing', () => {
    const { series: _none, ...old } = new GroupMemory('g', minuteMemory).save() as { series: Json };
    expect(saveGroup(loadGroup(old, minuteMemory))).to.have.property('series');
  });
});
