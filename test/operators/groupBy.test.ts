import { expect } from 'chai';
import { from, map, toArray } from 'rxjs';
import { groupBy } from '../../operators/groupBy.ts';
import type { Flow } from '../../src/kernel/defineOperator.ts';
import type { JsonObject } from '../../src/event.ts';
import { eventSignal, verify } from '../../src/testing.ts';

function keysOf(key: string, ...metadata: JsonObject[]): string[] {
  let keys: string[] = [];
  const signals: Flow[] = metadata.map((one, i) => eventSignal('x', i, { metadata: one }));
  from(signals)
    .pipe(
      groupBy({ key }),
      map((s) => (s.kind === 'rejected' ? 'rejected' : s.key)),
      toArray(),
    )
    .subscribe((all) => (keys = all));
  return keys;
}

describe('groupBy', () => {
  it('forwards events with their key set', () => {
    verify('a-b-a|', groupBy({ key: 'source' }), 'a-b-a|');
    expect(keysOf('source', {}, {})).to.deep.equal(['test', 'test']);
  });

  it('takes group_id when no key is named', () => {
    let keys: string[] = [];
    from<Flow[]>([eventSignal('x', 0)])
      .pipe(
        groupBy(),
        map((s) => s.key),
        toArray(),
      )
      .subscribe((all) => (keys = all));
    expect(keys).to.deep.equal(['test:a']);
  });

  it('fills templates from the event, then from its metadata', () => {
    expect(keysOf('{source}:{metadata.component}', { component: 'disk' })).to.deep.equal(['test:disk']);
    expect(keysOf('{source}/{component}', { component: 'disk' })).to.deep.equal(['test/disk']);
    expect(keysOf('{a.b}', { a: { b: 7 } })).to.deep.equal(['7']);
    expect(keysOf('{ok}', { ok: false })).to.deep.equal(['false']);
  });

  it('rejects a record that lacks a field of the key, and says which', () => {
    verify('a-b|', groupBy({ key: '{component}' }), 'a-x|', {
      values: { x: 'rejected: the key needs the field component, which is missing' },
      events: { a: { metadata: { component: 'disk' } } },
    });
  });

  it('does not find inherited names: __proto__ and constructor are data', () => {
    expect(keysOf('{constructor}', {})).to.deep.equal(['rejected']);
    expect(keysOf('{__proto__}', {}, JSON.parse('{"__proto__":"p"}') as JsonObject)).to.deep.equal(['rejected', 'p']);
  });

  it('forwards the same signal when the key is already right', () => {
    const signal: Flow = { ...eventSignal('x', 0), key: 'test' };
    const out: Flow[] = [];
    from([signal])
      .pipe(groupBy({ key: 'source' }))
      .subscribe((s) => out.push(s));
    expect(out[0]).to.equal(signal);
  });

  it('refuses a template whose braces do not match', () => {
    for (const key of ['{source', 'source}', 'a{}b', '{a{b}}']) expect(() => groupBy({ key }), key).to.throw(/brace|without/);
  });
});
