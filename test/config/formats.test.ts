import { expect } from 'chai';
import { listed } from '../../config/formats.ts';
import { layer, LayerError } from '../../config/layers.ts';

/** A key of the schema for each format. */
const fault = (key: string, value: unknown): string => {
  try {
    layer([{ origin: 'a', values: { [key]: value as never } }]);
    return 'none';
  } catch (error) {
    if (!(error instanceof LayerError)) throw error;
    return error.message;
  }
};

describe('kinds of values', () => {
  it('are parts between commas, without blanks around them', () => {
    expect([listed(' a, b ,,c'), listed('')]).to.deep.equal([['a', 'b', 'c'], []]);
    expect(() => listed(3)).to.throw('expected text');
  });

  it('are a folder and a zone', () => {
    expect([fault('data_dir', '/x'), fault('data_dir', '')]).to.deep.equal(['none', 'expected the path of a folder']);
    expect([fault('time_zone', 'Europe/Berlin'), fault('time_zone', 'Nowhere/Town')]).to.deep.equal([
      'none',
      'expected UTC or an IANA time zone such as Europe/Berlin: value was "Nowhere/Town"',
    ]);
  });
});
