import { expect } from 'chai';
import {
  archivedBy,
  endedWell,
  functionName,
  lastPart,
  namespaceIn,
  openUnless,
  sentenceIn,
  whyStopped,
} from '../../../src/formats/messages/awsPlaces.ts';

const read = (place: unknown, json: object) => (place as (json: object) => unknown)(json);
const task = (...containers: object[]) => ({
  detail: { lastStatus: 'STOPPED', stoppedReason: 'Essential container in task exited', containers },
});

describe('places in the messages of AWS', () => {
  it('say that a task ended well where all its containers did', () => {
    expect(read(endedWell, task({ exitCode: 0 }, { exitCode: 0 }))).to.equal('success');
    for (const other of [task({ exitCode: 0 }, { exitCode: 1 }), task({ reason: 'no image' }), task(), {}])
      expect(read(endedWell, other)).to.equal(null);
  });

  it('say why a task stopped, and which container did', () => {
    expect(whyStopped(task({ name: 'a', exitCode: 0 }, { name: 'web', exitCode: 1 }))).to.equal(
      'Essential container in task exited: web exited with 1',
    );
    expect(whyStopped(task({ name: 'web', reason: 'no image' }))).to.equal('Essential container in task exited: web no image');
    expect(whyStopped(task({ name: 'a', exitCode: 0 }))).to.equal('Essential container in task exited');
    expect(whyStopped({ detail: {} })).to.equal(null);
  });

  it('take names out of ARNs', () => {
    expect(read(lastPart('a'), { a: 'arn:aws:states:eu-west-1:1:stateMachine:nightly' })).to.equal('nightly');
    expect(read(functionName('a'), { a: 'arn:aws:lambda:eu-west-1:1:function:orders:$LATEST' })).to.equal('orders');
    expect(read(functionName('a'), {})).to.equal(undefined);
  });

  it('say what is on, what is over and what was put away', () => {
    expect([read(openUnless('end'), {}), read(openUnless('end'), { end: 'now' })]).to.deep.equal(['open', 'closed']);
    expect([read(archivedBy('a'), { a: true }), read(archivedBy('a'), { a: false })]).to.deep.equal(['archived', null]);
    expect([read(sentenceIn('a'), { a: { errorMessage: 'x' } }), read(sentenceIn('a'), { a: 3 })]).to.deep.equal(['x', null]);
  });

  it('find the first metric of an alarm that is one', () => {
    const place = namespaceIn('list', 'stat.namespace');
    expect(read(place, { list: [{ expression: 'a/b' }, { stat: { namespace: 'AWS/Lambda' } }] })).to.equal('AWS/Lambda');
    expect(read(place, { list: 3 })).to.equal(undefined);
  });
});
