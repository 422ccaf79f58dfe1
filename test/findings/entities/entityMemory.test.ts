import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import { EntityMemory } from '../../../src/findings/entities/entityMemory.ts';
import type { Blip } from '../../../src/signal.ts';
import { eventSignal } from '../../../src/testing.ts';
import { blipSignal } from '../../support/blips.ts';

const WINDOW = 60_000;
const line = (template: string, text: string, time: number, more: object = {}) => ({
  ...eventSignal(text, time),
  key: 'g',
  template_id: template,
  ...more,
});
const blip = (template: string, window: number, more: Partial<Blip> = {}): Blip =>
  blipSignal(template, (window + 1) * WINDOW, { start: toIso(window * WINDOW), state: 'new', ...more }).blip;

/** Twenty windows of lines that each name another volume; each volume comes twice. */
function remembering(): EntityMemory {
  const memory = new EntityMemory(1000);
  for (let window = 0; window < 20; window++) {
    for (let i = 0; i < 10; i++) memory.add(line('wrote', `wrote to volume /vol/${(window * 10 + i) % 100}`, window * WINDOW + i));
    memory.tell(blip('wrote', window, { state: 'steady' }));
  }
  return memory;
}

describe('the memory of entities', () => {
  it('adds to a blip whom its lines share, called as it mostly is, with its share before', () => {
    const memory = remembering();
    for (let i = 0; i < 5; i++) memory.add(line('failed', `cannot write to /vol/7`, 20 * WINDOW + i));
    expect(memory.tell(blip('failed', 20)).fields).to.deep.equal([{ name: 'volume', value: '/vol/7', in: 5, of: 5, usual: 0.010046 }]);
  });

  it('adds nothing that is in this one pattern only, nor what is among its fields', () => {
    const memory = remembering();
    for (let i = 0; i < 5; i++) memory.add(line('failed', `plugin x86_64 failed on volume /vol/7`, 20 * WINDOW + i));
    const field = { name: 'disk', value: '/vol/7', in: 5, of: 5, usual: null };
    expect(memory.tell(blip('failed', 20, { fields: [field] })).fields).to.deep.equal([field]);
  });

  it('takes no late line for one of a window, and counts it all the same', () => {
    const memory = remembering();
    for (let i = 0; i < 5; i++) memory.add(line('failed', `cannot write to volume /vol/7`, 20 * WINDOW + i, { late: true }));
    const plain = blip('failed', 20);
    expect(memory.tell(plain)).to.equal(plain);
    expect(memory.story('/vol/7')).to.deep.include({ lines: 7, of: 205, places: [{ place: 'volume', count: 7 }] });
  });

  it('counts a group without room of its own as others, as its blips are', () => {
    const memory = remembering();
    memory.add(line('x', 'seen on web-1', 20 * WINDOW, { folded: true }));
    expect(memory.story('web-1')!.groups).to.deep.equal([{ group_id: 'others', count: 1 }]);
    expect(memory.story('web-2')).to.equal(null);
  });

  it('is the same after it was saved', () => {
    const [memory, again] = [remembering(), EntityMemory.load(JSON.parse(JSON.stringify(remembering().save())), 1000)];
    for (const one of [memory, again]) for (let i = 0; i < 5; i++) one.add(line('failed', `cannot write to /vol/7`, 20 * WINDOW + i));
    expect(again.tell(blip('failed', 20))).to.deep.equal(memory.tell(blip('failed', 20)));
    expect(again.save()).to.deep.equal(memory.save());
  });
});
