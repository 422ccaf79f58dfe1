import { expect } from 'chai';
import { listExemplars } from '../../../src/memory/templates/exemplars.ts';
import { TemplateIndex, type Template } from '../../../src/memory/templates/templateIndex.ts';

const templateOf = (...lines: string[]): Template => {
  const index = new TemplateIndex({ group: 'g' });
  const ids = lines.map((line, i) => index.learn(line, i * 60_000, `e${i}`)!.id);
  const template = index.get(ids[0]!)!;
  expect(template.count, 'all lines in one template').to.equal(lines.length);
  return template;
};

describe('exemplarsOf', () => {
  it('gives the first, the most different and the last', () => {
    const template = templateOf('took 5 ms', 'took 6 ms', 'took 7 ms', 'took 123456789 ms', 'took 8 ms', 'took 9 ms');
    expect(listExemplars(template).map((e) => e.text)).to.deep.equal(['took 5 ms', 'took 123456789 ms', 'took 9 ms']);
    expect(listExemplars(template)[0]).to.deep.equal({ event_id: 'e0', timestamp: '1970-01-01T00:00:00.000Z', text: 'took 5 ms' });
  });
  it('gives one for a template seen once', () => expect(listExemplars(templateOf('once'))).to.have.length(1));
});
