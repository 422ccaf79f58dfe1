import { expect } from 'chai';
import type { JsonObject } from '../../../src/event.ts';
import { composeText, pickFields } from '../../../src/formats/json/jsonRecord.ts';

const roles = (record: JsonObject, fields = {}) => pickFields(record, fields).roles;

describe('the parts of a structured record', () => {
  it('leave its metadata, but for the component, and the level stands there by its word', () => {
    const { roles: found, metadata } = pickFields({ ts: 1717408800, level: 40, app: 'pay', msg: 'slow', n: 1 }, {});
    expect(found).to.deep.equal({ timestamp: 1717408800, text: 'slow', level: 'WARN', component: 'pay' });
    expect(metadata).to.deep.equal({ app: 'pay', n: 1, level: 'WARN' });
  });

  const components: [what: string, record: JsonObject, component: string | undefined][] = [
    ['a number is no name', { service: '42', app: 'pay' }, 'pay'],
    ['a name of 200 letters is one, of 201 none', { service: 'x'.repeat(201), app: 'x'.repeat(200) }, 'x'.repeat(200)],
    ['a pod is named by what it runs', { pod_name: 'orders-7d9f8b6c5-x2x4z' }, 'orders'],
    ['a container by its name without the slash', { container_name: '/orders' }, 'orders'],
    ['a path is one as it is', { container_name: '/var/run/orders' }, '/var/run/orders'],
    ['a name alone may be of anything', { name: 'ana' }, undefined],
    ['beside the keys of a logger it is the logger', { name: 'api', pid: 7 }, 'api'],
    ['a letter counts only beside others', { c: 'STORAGE' }, undefined],
    ['as those of MongoDB are', { c: 'STORAGE', s: 'I', msg: 'x' }, 'STORAGE'],
  ];
  for (const [what, record, component] of components) it(what, () => expect(roles(record).component).to.equal(component));

  const timestamps: [value: string | number, isTime: boolean][] = [
    ['2024', true],
    ['3/6/24 10', true],
    ['soon', false],
    ['a 1', false],
    [6e8, true],
    [12, false],
  ];
  for (const [value, isTime] of timestamps)
    it(`${value} ${isTime ? 'may be' : 'is no'} time`, () =>
      expect(pickFields({ time: value }, {}).metadata).to.deep.equal(isTime ? {} : { time: value }));

  it('are source and group of ours only in a record of our kind; a group with its source is always one', () => {
    const parts = { source: 's', group: 'g', msg: 'x' };
    expect(roles(parts)).to.not.have.any.keys('source', 'group');
    expect(roles({ ...parts, timestamp: 't', group_id: 's:g' })).to.include({ source: 's', group: 's:g' });
    expect(roles({ group: 'app:pay', msg: 'x' })).to.include({ group: 'app:pay' });
  });

  it('are those that options name, by dotted paths, and nothing where nothing stands', () => {
    const record = { a: { when: '2024-06-03' }, 'b.c': 'text', level: 'ERROR', ts: 1 };
    const { roles: found, times } = pickFields(record, { timestamp: 'a.when', text: 'b.c', id: 'x' });
    expect(found).to.deep.equal({ timestamp: '2024-06-03', text: 'text', level: 'ERROR', id: null });
    expect(times).to.deep.equal(['2024-06-03']);
    expect(pickFields(record, { timestamp: 'gone' }).times).to.deep.equal([null]);
  });

  it('tell a service from a logger', () => {
    expect(pickFields({ service: 'pay' }, {}).isService).to.equal(true);
    expect(pickFields({ logger: 'a.B' }, {}).isService).to.equal(false);
    expect(pickFields({}, {}).isService).to.equal(false);
  });

  it('spread metadata that nests over the rest', () => {
    expect(pickFields({ text: 'x', metadata: { a: 1 }, b: 2 }, {}).metadata).to.deep.equal({ a: 1, b: 2 });
    expect(pickFields({ text: 'x', metadata: [1] }, {}).metadata).to.deep.equal({ metadata: [1] });
  });
});

describe('the text of a record', () => {
  it('is its message without the line end, or a value as JSON', () => {
    expect([composeText('a \n', {}), composeText({ a: 1 }, {}), composeText(3, {})]).to.deep.equal(['a', '{"a":1}', '3']);
  });

  it('is its fields where it has none, up to 4,096 characters', () => {
    expect(composeText(undefined, { user: 'ann', n: 3, deep: { a: [1] } })).to.equal('user=ann n=3 deep={"a":[1]}');
    expect(composeText(null, { long: 'x'.repeat(5000) })).to.have.length(4096);
  });
});
