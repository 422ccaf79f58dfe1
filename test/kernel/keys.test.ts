import { expect } from 'chai';
import { OTHERS } from '../../src/kernel/folding.ts';
import { Keys, type Held, type KeysOptions } from '../../src/kernel/keys.ts';
import type { Machine } from '../../src/kernel/machine.ts';
import { hashKey, PARTITIONS } from '../../src/kernel/partition.ts';

interface Count {
  n: number;
  open?: boolean;
}

const machine: Machine<Count> = { start: () => ({ n: 0 }), step: () => {}, size: ({ n }) => 100 + n, keeps: ({ open }) => open === true };

const hour = 3_600_000;

function keysWith(options: Partial<KeysOptions<Count>> = {}) {
  const left: string[] = [];
  const keys: Keys<Count> = new Keys<Count>(machine, {
    ...{ maxGroups: Infinity, maxBytes: Infinity, onEvict: 'fold' as const, idle: Infinity, othersElsewhere: false, touch: () => {} },
    leave: (held: Held<Count>) => {
      left.push(held.key);
      keys.drop(held.key);
    },
    ...options,
  });
  const take = (key: string, time = 0): string => {
    const held = keys.get(key, time)!;
    held.state.n += 1;
    keys.changed(held);
    return held.key;
  };
  return { keys, take, left };
}

describe('keys beyond their bound', () => {
  it('share the state of others', () => {
    const { keys, take } = keysWith({ maxGroups: 2 });
    expect(['a', 'b', 'c', 'd', 'a'].map((key) => take(key))).to.deep.equal(['a', 'b', OTHERS, OTHERS, 'a']);
    expect(keys.folded).to.deep.equal({ keys: 2, signals: 2 });
  });

  it('get a state of their own with the third signal within an hour, in the place of the least counted that has been idle for one', () => {
    const { take, left } = keysWith({ maxGroups: 2 });
    for (const key of ['a', 'a', 'b']) take(key, 0);
    expect([1, 2, 3].map((n) => take('c', hour + n))).to.deep.equal([OTHERS, OTHERS, 'c']);
    expect(left).to.deep.equal(['b']);
  });

  it('get none while nothing is idle, and none by signals that are further apart', () => {
    const busy = keysWith({ maxGroups: 1 });
    busy.take('a', 0);
    expect([1, 2, 3, 4].map((n) => busy.take('c', n))).to.deep.equal([OTHERS, OTHERS, OTHERS, OTHERS]);
    const rare = keysWith({ maxGroups: 1 });
    rare.take('a', 0);
    expect([1, 2, 3, 4].map((n) => rare.take('c', n * hour))).to.deep.equal([OTHERS, OTHERS, OTHERS, OTHERS]);
  });

  it('never push out a state that must stay', () => {
    const { keys, take, left } = keysWith({ maxGroups: 1 });
    take('a', 0);
    keys.held.get('a')!.state.open = true;
    for (const n of [1, 2, 3]) take('c', hour + n);
    expect(left).to.deep.equal([]);
  });

  it('are so by bytes, a share for each part of the keys, whatever the other parts hold', () => {
    const names = Array.from({ length: 5000 }, (_, i) => `k${i}`);
    const { keys, take } = keysWith({ maxBytes: 64 * 1000 });
    for (const name of names) take(name);
    const byPart = new Map<number, number>();
    for (const { key, bytes } of keys.held.values()) {
      if (key === OTHERS) continue;
      const part = hashKey(key) % PARTITIONS;
      byPart.set(part, (byPart.get(part) ?? 0) + bytes);
    }
    for (const bytes of byPart.values()) expect(bytes).to.be.within(900, 1101);
    const alone = keysWith({ maxBytes: 64 * 1000 });
    const own = names.filter((name) => hashKey(name) % PARTITIONS === 7);
    const inAll = own.filter((name) => keys.held.has(name));
    for (const name of own) alone.take(name);
    expect(own.filter((name) => alone.keys.held.has(name))).to.deep.equal(inAll);
  });

  it('make room where one has grown, the least counted first, and the one that grew stays', () => {
    const part = Array.from({ length: 2000 }, (_, i) => `k${i}`).filter((name) => hashKey(name) % PARTITIONS === 3);
    const { keys, take, left } = keysWith({ maxBytes: 64 * 1000 });
    for (const name of part.slice(0, 9)) take(name);
    take(part[0]!);
    for (let n = 0; n < 400; n += 1) take(part[1]!);
    expect(left.length).to.be.above(0);
    expect(left).to.not.include(part[1]);
    expect(left).to.not.include(part[0]);
    expect(keys.held.has(part[1]!)).to.equal(true);
  });

  it('of operators that close them leave the longest untouched, less those that must stay', () => {
    const { keys, take, left } = keysWith({ maxGroups: 2, onEvict: 'close' });
    take('a');
    keys.held.get('a')!.state.open = true;
    for (const key of ['b', 'c', 'd']) take(key);
    expect(left).to.deep.equal(['b', 'c']);
  });
});
