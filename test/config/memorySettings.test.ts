import { expect } from 'chai';
import { layer } from '../../config/layers.ts';

const below = (tree: object) => ({ biblicus: { reinforcement_memory: tree } }) as never;

describe('the subtree that another program owns', () => {
  it('sets folders of this one, and says by which path', () => {
    const { settings, origins } = layer([{ origin: 'a', values: below({ data_dir: '/m', vector_store: { path: '/v' } }) }]);
    expect(settings).to.include({ data_dir: '/m', vectors_dir: '/v' });
    expect(origins.get('data_dir')!.path).to.deep.equal(['biblicus', 'reinforcement_memory', 'data_dir']);
  });

  it('gives way to a key that the same layer sets directly, and beats those below', () => {
    const both = layer([{ origin: 'a', values: { data_dir: '/own', ...(below({ data_dir: '/m' }) as object) } as never }]);
    expect(both.settings.data_dir).to.equal('/own');
    const later = layer([
      { origin: 'a', values: { data_dir: '/own' } },
      { origin: 'b', values: below({ data_dir: '/m' }) },
    ]);
    expect(later.settings.data_dir).to.equal('/m');
  });
});
