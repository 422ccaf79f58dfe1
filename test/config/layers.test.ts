import { expect } from 'chai';
import { assignmentLayer, environmentLayers, layer, LayerError } from '../../config/layers.ts';

const fault = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    if (!(error instanceof LayerError)) throw error;
    return `${error.path.join('.')} ${error.unknown ? 'unknown ' : ''}${error.message}`;
  }
};

describe('layers of configuration', () => {
  it('lie over each other, the last one winning, and say which set a key', () => {
    const { settings, origins } = layer([
      { origin: 'a.yaml', values: { data_dir: '/a', log_level: 'debug' } },
      { origin: 'b.yaml', values: { data_dir: '/b' } },
    ]);
    expect(settings).to.include({ data_dir: '/b', log_level: 'debug' });
    expect([
      origins.get('data_dir')!.layer?.origin,
      origins.get('log_level')!.layer?.origin,
      origins.get('time_zone')!.layer,
    ]).to.deep.equal(['b.yaml', 'a.yaml', null]);
  });

  it('are a variable each', () => {
    expect(environmentLayers({ CADUCUS_DATA_DIR: '/x', OTHER: 'y' })).to.deep.equal([
      { origin: 'CADUCUS_DATA_DIR', values: { data_dir: '/x' } },
    ]);
  });

  it('are read off an assignment, as JSON where it is some', () => {
    expect(assignmentLayer('--config', 'collectors.a.n=3').values).to.deep.equal({ collectors: { a: { n: 3 } } });
    expect(assignmentLayer('--config', 'data_dir=a=b').values).to.deep.equal({ data_dir: 'a=b' });
    for (const broken of ['data_dir', '=x', 'a..b=1'])
      expect(
        fault(() => assignmentLayer('--config', broken)),
        broken,
      ).to.not.equal('none');
  });

  it('merge what other programs own', () => {
    const { open, origins } = layer([
      { origin: 'a', values: { collectors: { x: { n: 1, m: 2 } } } },
      { origin: 'b', values: { collectors: { x: { n: 3 } } } },
    ]);
    expect(open).to.deep.equal({ collectors: { x: { n: 3, m: 2 } } });
    expect([origins.get('collectors.x.n')!.layer!.origin, origins.get('collectors.x.m')!.layer!.origin]).to.deep.equal(['b', 'a']);
  });

  it('that cannot stand are refused with their key', () => {
    expect(fault(() => layer([{ origin: 'a', values: { data_dri: '/a' } }]))).to.equal('data_dri unknown unknown key "data_dri"');
    expect(fault(() => layer([{ origin: 'a', values: { data_dir: { x: 1 } } }]))).to.equal(
      'data_dir "data_dir" holds one value, not keys of its own',
    );
    expect(fault(() => layer([{ origin: 'a', values: { data_dir: '' } }]))).to.equal('data_dir expected the path of a folder');
    expect(fault(() => layer([{ origin: 'a', values: { collectors: 3 } }]))).to.equal('collectors "collectors" holds keys and values');
  });
});
