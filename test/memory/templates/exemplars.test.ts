import { expect } from 'chai';
import { listExemplars } from '../../../src/memory/templates/exemplars.ts';
import { learnTemplate } from '../../support/memory/templates.ts';

describe('exemplarsOf', () => {
  it('gives the first, the most different and the last', () => {
    const template = learnTemplate('took 5 ms', 'took 6 ms', 'took 7 ms', 'took 123456789 ms', 'took 8 ms', 'took 9 ms');
    expect(listExemplars(template).map((e) => e.text)).to.deep.equal(['took 5 ms', 'took 123456789 ms', 'took 9 ms']);
    expect(listExemplars(template)[0]).to.deep.equal({ event_id: 'e0', timestamp: '1970-01-01T00:00:00.000Z', text: 'took 5 ms' });
  });
  it('gives one for a template seen once', () => expect(listExemplars(learnTemplate('once'))).to.have.length(1));
});
