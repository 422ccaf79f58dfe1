import { expect } from 'chai';
import type { JsonObject } from '../../../src/event.ts';
import { collectCandidates } from '../../../src/formats/json/candidates.ts';
import type { FieldsOption, Role } from '../../../src/formats/json/fieldNames.ts';

const keys = (record: JsonObject, role: Role, fields: FieldsOption = {}) => collectCandidates(record, fields)[role].map(({ key }) => key);

describe('fields that fit a role', () => {
  it('come in the order in which their names tell', () => {
    expect(keys({ body: 'c', msg: 'b', message: 'a' }, 'text')).to.deep.equal(['message', 'msg', 'body']);
    expect(keys({ source: 's', app: 'a', service: 'b' }, 'component')).to.deep.equal(['service', 'app']);
  });

  it('are known however their names are written, and with the underscore of GELF', () => {
    expect(keys({ Log_Level: 'INFO' }, 'level')).to.deep.equal(['Log_Level']);
    expect(keys({ _service: 'pay' }, 'component')).to.deep.equal(['_service']);
  });

  it('include any name that says it is a time, behind those that say so plainly; the end of something last', () => {
    expect(keys({ flushed_at: 1, ended_at: 2, ts: 3 }, 'timestamp')).to.deep.equal(['ts', 'flushed_at', 'ended_at']);
    expect(keys({ 'my.time': 1 }, 'timestamp')).to.deep.equal([]);
  });

  it('are none where they hold nothing, or an option names another', () => {
    expect(keys({ msg: null, message: 'a' }, 'text')).to.deep.equal(['message']);
    expect(keys({ msg: 'a' }, 'text', { text: 'other' })).to.deep.equal([]);
    expect(keys({ msg: 'a', in: {} }, 'text', { text: 'other' })).to.deep.equal([]);
  });

  it('in an inner object rank behind outer ones, by their path or by their last two names', () => {
    const record = { log: { level: 'warn' }, level: 'x', a: { service: { name: 'pay' } } };
    expect(keys(record, 'level')).to.deep.equal(['level', 'log.level']);
    expect(collectCandidates(record, {}).component[0]).to.include({ key: 'a.service.name', top: 'a', value: 'pay' });
  });

  it('of an inner object must look like it: words for a level, moments for a time', () => {
    expect(keys({ x: { level: 'up' } }, 'level')).to.deep.equal([]);
    expect(keys({ x: { level: 'warn' } }, 'level')).to.deep.equal(['x.level']);
    expect(keys({ x: { source: 's', group: 'g' } }, 'source')).to.deep.equal([]);
    expect(keys({ x: { flushed_at: 12 } }, 'timestamp')).to.deep.equal([]);
    expect(keys({ x: { flushed_at: 1717408800 } }, 'timestamp')).to.deep.equal(['x.flushed_at']);
  });

  it('are not looked for in the metadata of a record that has its text, nor deeper than three', () => {
    expect(keys({ text: 'a', metadata: { msg: 'b' } }, 'text')).to.deep.equal(['text']);
    expect(keys({ metadata: { msg: 'b' } }, 'text')).to.deep.equal(['metadata.msg']);
    expect(keys({ a: { b: { c: { msg: 'x' } } } }, 'text')).to.deep.equal(['a.b.c.msg']);
    expect(keys({ a: { b: { c: { d: { msg: 'x' } } } } }, 'text')).to.deep.equal([]);
  });

  it('are the same for every record of a shape, whatever came between', () => {
    const first = { msg: 'a', ts: 1 };
    expect(keys(first, 'text')).to.deep.equal(['msg']);
    expect(keys({ ts: 1, message: 'a' }, 'text')).to.deep.equal(['message']);
    expect(keys(first, 'text')).to.deep.equal(['msg']);
  });
});
