import { expect } from 'chai';
import { componentRows } from '../../../src/views/live/componentRows.ts';
import { sampleLook } from '../../support/live/look.ts';

const view = { columns: 120, color: false, ascii: false, timeZone: 'UTC' };

describe('the components of a run', () => {
  it('are a line each: what goes in and out, with rates that can be read', () => {
    const [, source, operator, sink] = componentRows(sampleLook().components!, view).map((text) => text.trim().split(/  +/));
    expect(source).to.deep.equal(['source', 'app', '61,204', '1,204', '61,200', '1,204', '0', '4', '2s']);
    expect(operator).to.deep.equal(['operator', 'memory', '61,200', '1,204', '61,380', '1,206', '0', '0', '-']);
    expect(sink).to.deep.equal(['sink', 'pager', '12', '0.2', '8', '0', '4', '0', '-', 'no answer within 10 s']);
  });

  it('are said to be unknown where they are', () => {
    expect(componentRows([], view)).to.deep.equal(['Nothing is known of its sources, operators and sinks.']);
  });
});
