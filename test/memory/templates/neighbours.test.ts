import { expect } from 'chai';
import { Neighbours } from '../../../src/memory/templates/neighbours.ts';
import type { Template } from '../../../src/memory/templates/template.ts';
import { foundTemplates } from '../../support/memory/templates.ts';

function among(...lines: string[]): { neighbours: Neighbours; templates: Template[] } {
  const neighbours = new Neighbours();
  const templates = foundTemplates(...lines);
  for (const template of templates) neighbours.add(template);
  return { neighbours, templates };
}

describe('templates that have something in common', () => {
  it('are one in the place in which they differ, once that is a value, the oldest first', () => {
    const { neighbours, templates } = among('user ann left', 'user bob left');
    expect(neighbours.judge(templates[1]!)).to.equal(null);
    const [third] = foundTemplates('user eve left');
    neighbours.add(third!);
    expect(neighbours.judge(third!)).to.deep.equal({ members: [...templates, third], differ: 1 });
  });

  it('are one by their names where all of those differ at once', () => {
    const { neighbours, templates } = among('load a.b by c.d', 'load e.f by g.h', 'load i.j by k.l');
    const verdict = neighbours.judge(templates[0]!)!;
    expect([verdict.differ, verdict.members.length]).to.deep.equal(['names', 3]);
  });

  it('are none with what was taken out', () => {
    const { neighbours, templates } = among('user ann left', 'user bob left', 'user eve left');
    neighbours.delete(templates[0]!);
    expect(neighbours.judge(templates[1]!)).to.equal(null);
    neighbours.delete(templates[0]!);
    neighbours.add(templates[0]!);
    expect(neighbours.judge(templates[1]!)!.members).to.deep.equal(templates);
  });

  it('have a skeleton of rare words while other words are common', () => {
    const { neighbours, templates } = among('song red begins', 'song blue begins', 'song green begins', 'song white begins');
    expect(neighbours.skeleton(templates[0]!, 'rare')!.rare).to.equal(1);
    expect(among('one thing').neighbours.skeleton(foundTemplates('one thing')[0]!, 'rare')).to.equal(null);
  });
});
