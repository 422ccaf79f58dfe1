import { expect } from 'chai';
import { GroupTopics, listConstants, type TemplateFollower } from '../../../src/memory/topics/groupTopics.ts';
import { minuteMemory } from '../../support/memory/memoryOptions.ts';
import { foundTemplate } from '../../support/memory/templates.ts';

function group(more: object = {}, follower: Partial<TemplateFollower> = {}) {
  const told: string[] = [];
  const topics = new GroupTopics(
    'g',
    { ...minuteMemory, ...more },
    {
      onMerge: (from, into) => told.push(`merge ${from === into}`),
      onEvict: () => told.push('evict'),
      onForget: () => told.push('forget'),
      onFold: () => told.push('fold'),
      holds: () => false,
      isFresh: () => false,
      ...follower,
    },
  );
  let time = 0;
  const hear = (text: string) => {
    time += 1;
    const template = topics.index.learn(text, time, text)!;
    return topics.assign(template, () => ({ time, window: 0, exposure: 0, novelty: 0, newPerWindow: 0 }));
  };
  return { topics, hear, told };
}

describe('templates and topics of a group', () => {
  it('are founded together, and found again', () => {
    const { hear } = group();
    const first = hear('disk full');
    expect(first.arrival).to.equal('founds');
    expect(hear('disk full')).to.deep.equal({ topic: first.topic, arrival: 'returns' });
    expect(hear('lost the connection to the database').topic).to.equal(hear('lost connection to database').topic);
  });

  it('become one together: the topic says what went into it', () => {
    const { hear, topics, told } = group();
    const [ann] = ['user ann left', 'user bob left', 'user eve left'].map((text) => hear(text).topic);
    topics.settle();
    expect([...topics.topics.all()]).to.have.length(1);
    expect(ann!.lineage.filter(({ merged }) => merged === 'template')).to.have.length(2);
    expect(told).to.include('fold').and.to.include('merge false');
  });

  it('are forgotten where there are too many topics', () => {
    const { hear, topics, told } = group({ maxTopics: 1 });
    hear('disk full');
    hear('cpu hot');
    topics.forget(1000);
    expect([[...topics.topics.all()].length, told]).to.deep.equal([1, ['forget']]);
  });

  it('ask for the vectors that they lack, and are folded by those that come', () => {
    const { hear, topics, told } = group({ lexical: false });
    hear('disk exhausted');
    hear('storage used up');
    expect(topics.wants(null)).to.deep.equal(['disk exhausted', 'storage used up']);
    const vector = [1, 0];
    const folded = topics.takeVectors(['disk exhausted', 'storage used up'].map((text) => ({ text, vector, space: 'm' }) as never));
    expect([folded.length, told, topics.wants(null)]).to.deep.equal([1, ['fold'], []]);
    expect(topics.wants('other')).to.deep.equal(['disk exhausted']);
  });

  it('are the same after a save and load', () => {
    const { hear, topics } = group();
    for (const text of ['disk full', 'took 12 ms']) hear(text);
    const loaded = new GroupTopics('g', minuteMemory);
    loaded.load(JSON.parse(JSON.stringify(topics.save())));
    expect(loaded.save()).to.deep.equal(topics.save());
  });

  it('have the constants of a template as their text', () =>
    expect(listConstants(foundTemplate('took 12 ms of disk'))).to.equal('took of disk'));
});
