import { expect } from 'chai';
import { checkGroupField } from '../../../src/cli/input/checkGroupField.ts';
import { CaducusError } from '../../../src/errors.ts';
import type { Event, JsonObject } from '../../../src/event.ts';

const event = (metadata: JsonObject): Event => ({
  id: 'a',
  timestamp: '2026-03-14T03:00:00Z',
  source: 'log',
  group_id: 'log:a',
  text: 'x',
  metadata,
});

describe('the field that makes a group', () => {
  it('is fine where one record has it', () => {
    expect(() => checkGroupField('host', [event({}), event({ host: 'a' })])).not.to.throw();
    expect(() => checkGroupField('group_id', [event({})])).not.to.throw();
    expect(() => checkGroupField('at-{metadata.pod.name}', [event({ pod: { name: 'a' } })])).not.to.throw();
  });
  it('is not asked for where there are no records', () => expect(() => checkGroupField('nosuch', [])).not.to.throw());
  it('that none has is refused with those there are, nested ones too', () => {
    try {
      checkGroupField('pod.nmae', [event({ host: 'a', pod: { name: 'a' }, tags: ['x'] })]);
      expect.fail('it was taken');
    } catch (error) {
      expect(error).to.be.instanceOf(CaducusError);
      const { what, hint } = error as CaducusError;
      expect(what).to.equal('no record has a field "pod.nmae"');
      expect(hint).to.equal('did you mean "pod.name"?  fields: group_id, source, host, pod.name');
    }
  });
  it('of a template names the part that is missing', () =>
    expect(() => checkGroupField('{source}-{regoin}', [event({ region: 'eu' })])).to.throw(CaducusError, 'no record has a field "regoin"'));
});
