import { expect } from 'chai';
import { LEXICAL_THRESHOLD } from '../../../src/memory/text/lexical.ts';
import { saveTopic, loadTopic, makeVector } from '../../../src/memory/topics/topic.ts';
import { Topics, type Founding } from '../../../src/memory/topics/topics.ts';
import { DAY } from '../../../src/memory/classic/weights.ts';

const options = { similarityThreshold: LEXICAL_THRESHOLD, lexical: true, periodMs: DAY, maxTombstones: 3 };

const founding: Founding = { time: 0, window: 0, exposure: 0, novelty: 5, newPerWindow: 0 };

describe('topics', () => {
  const assign = (topics: Topics, template: string, text: string) => topics.assign(template, text, founding);

  it('take in a template that means the same, and the leader does not move', () => {
    const topics = new Topics(options);
    const { topic } = assign(topics, 't1', 'Connection closed by remote host');
    const before = Float32Array.from(makeVector(topic)!);
    expect(assign(topics, 't2', 'The connection was closed by a remote host')).to.deep.include({
      topic,
      arrival: 'joins',
    });
    expect(topic.templates).to.deep.equal(['t1', 't2']);
    expect(makeVector(topic)).to.deep.equal(before);
  });

  it('found another where fewer than two content words are shared', () => {
    const topics = new Topics({ ...options, similarityThreshold: 0.1 });
    assign(topics, 't1', 'disk volume');
    expect(assign(topics, 't2', 'disk tray').arrival).to.equal('founds');
  });

  it('are named by their founding template, in any group and order', () => {
    const [a, b] = [new Topics(options), new Topics(options)];
    assign(a, 'x', 'something else entirely');
    expect(assign(a, 't1', 'disk volume lost').topic.id).to.equal(assign(b, 't1', 'disk volume lost').topic.id);
  });

  it('become one when their templates do, the older staying', () => {
    const topics = new Topics(options);
    const { topic: older } = assign(topics, 't1', 'alpha beta gamma');
    const { topic: younger } = assign(topics, 't2', 'delta epsilon zeta');
    expect(topics.mergeTemplates('t1', 't2')).to.deep.equal([older, younger]);
    topics.replace(younger, older);
    expect(topics.byTemplate.get('t2')).to.equal(older);
    expect(topics.size).to.equal(1);
  });

  it('keep their id when their only template is merged into one that has no topic yet', () => {
    const topics = new Topics(options);
    const { topic } = assign(topics, 't1', 'alpha beta gamma');
    expect(topics.mergeTemplates('t1', 't9')).to.equal(null);
    expect(topics.byTemplate.get('t9')).to.equal(topic);
    expect(topics.byTemplate.has('t1')).to.equal(false);
  });

  it('leave a tombstone, from which they come back with their id and history', () => {
    const topics = new Topics(options);
    const { topic } = assign(topics, 't1', 'disk volume lost');
    Object.assign(topic, { first: 5, last: 9, total: 7 });
    topics.forget(topic);
    expect(topics.size).to.equal(0);
    const back = topics.assign('t1', 'disk volume lost', { ...founding, time: 100, window: 44 });
    expect(back.arrival).to.equal('returns');
    expect(back.topic).to.include({ id: topic.id, first: 5, last: 9, total: 7, back: true });
  });

  it('take back a template that was evicted, whether the topic is still there or was forgotten too', () => {
    const topics = new Topics(options);
    const { topic } = assign(topics, 't1', 'Connection closed by remote host');
    assign(topics, 't2', 'The connection was closed by a remote host');
    expect(topics.evictTemplate('t2')).to.equal(null);
    expect(assign(topics, 't2', 'what it says now')).to.deep.equal({ topic, arrival: 'returns' });
    expect(topics.evictTemplate('t2')).to.equal(null);
    topics.forget(topic);
    const back = assign(topics, 't2', 'what it says now');
    expect(back.arrival).to.equal('returns');
    expect(back.topic.id).to.equal(topic.id);
    expect(topics.byTemplate.get('t1')).to.equal(back.topic);
    expect(topics.size).to.equal(1);
  });

  it('keep no more tombstones than they may, the newest', () => {
    const topics = new Topics(options);
    for (const name of ['one', 'two', 'three', 'four']) topics.forget(assign(topics, name, `${name} ${name}x`).topic);
    expect(topics.forgotten).to.equal(4);
    expect(assign(topics, 'one', 'one onex').arrival).to.equal('founds');
    expect(assign(topics, 'four', 'four fourx').arrival).to.equal('returns');
  });

  it('compare no vectors of two spaces', () => {
    const topics = new Topics({ ...options, lexical: false });
    const { topic: a } = assign(topics, 't1', 'disk volume gone wrong');
    const { topic: b } = assign(topics, 't2', 'disk volume gone wrong again');
    expect(topics.setVector(a, Float32Array.of(1, 0), 'm1')).to.equal(undefined);
    expect(topics.setVector(b, Float32Array.of(1, 0), 'm2')).to.equal(undefined);
    const { topic: c } = assign(topics, 't3', 'disk volume gone wrong once more');
    expect(topics.setVector(c, Float32Array.of(1, 0), 'm2')).to.equal(b);
  });

  it('are the same after a save and load', () => {
    const topics = new Topics(options);
    for (const [i, text] of ['disk volume lost', 'user logged in again', 'block served well'].entries()) assign(topics, `t${i}`, text);
    topics.forget(topics.byTemplate.get('t1')!);
    const loaded = new Topics(options);
    loaded.load(JSON.parse(JSON.stringify(topics.save())));
    expect(loaded.save()).to.deep.equal(topics.save());
    const topic = topics.byTemplate.get('t0')!;
    expect(loadTopic(JSON.parse(JSON.stringify(saveTopic(topic))))).to.deep.equal(topic);
  });
});
