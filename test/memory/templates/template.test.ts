import { expect } from 'chai';
import { rankLevel } from '../../../src/memory/judge/levelRank.ts';
import { makeSkeleton } from '../../../src/memory/templates/skeleton.ts';
import { Template } from '../../../src/memory/templates/template.ts';
import { makePattern } from '../../../src/memory/topics/label.ts';
import { foundTemplate, scanned } from '../../support/memory/templates.ts';

describe('a template', () => {
  it('is the shape of its line, with what stood between its tokens', () => {
    const template = foundTemplate('took 12 ms, status=502');
    expect(template.texts).to.deep.equal(['took', '12 ms', 'status', '5xx']);
    expect(template.glue).to.deep.equal(['', ' ', ', ', '=', '']);
    expect(template.slots.map((slot) => slot?.total ?? null)).to.deep.equal([null, 1, null, 1]);
    expect(template.codePlaces).to.deep.equal([3]);
  });

  it('counts its lines, their times and their values', () => {
    const template = foundTemplate('took 12 ms', 3);
    template.observe('took 9 ms', -5, 'early', scanned('took 9 ms'), null);
    expect(template).to.include({ count: 4, firstSeen: -5, lastSeen: 2 });
    expect(template.slots[1]!.top(2).map(({ value }) => value)).to.deep.equal(['12 ms', '9 ms']);
  });

  it('has the level of its codes: always of grave ones, of others where the line named none', () => {
    const template = (code: number) => foundTemplate(`answered, status=${code}`);
    const [info, warn, error] = ['INFO', 'WARN', 'ERROR'].map((level) => rankLevel(level));
    expect([template(502).levelOfLine(info!), template(404).levelOfLine(info!), template(404).levelOfLine(-1)]).to.deep.equal([
      error,
      info,
      warn,
    ]);
    expect(template(200).levelOfLine(-1)).to.equal(-1);
  });

  it('that takes another in has values where they differ, and its name', () => {
    const [ann, bob] = [foundTemplate('user ann left', 2), foundTemplate('user bob left', 3)];
    ann.absorb(bob, 8);
    expect(ann).to.deep.include({ count: 5, aliases: [bob.id] });
    expect(ann.slots[1]!.top(2)).to.deep.equal([
      { value: 'bob', count: 3 },
      { value: 'ann', count: 2 },
    ]);
    expect(makePattern(ann)).to.equal('user <*> left');
  });

  it('becomes its skeleton: a run is one place', () => {
    const template = foundTemplate('load a.b c.d now');
    template.become(makeSkeleton(template, 'names')!, 8);
    expect(template.texts).to.deep.equal(['load', 'a.b c.d', 'now']);
    expect(template.slots[1]!.top(1)).to.deep.equal([{ value: 'a.b c.d', count: 1 }]);
  });

  it('is the same after a save and load', () => {
    const template = foundTemplate('user ann took 12 ms', 2);
    template.open(1, 8);
    const loaded = Template.load(JSON.parse(JSON.stringify(template.save())) as ReturnType<Template['save']>, 8);
    expect(loaded.save()).to.deep.equal(template.save());
  });
});
