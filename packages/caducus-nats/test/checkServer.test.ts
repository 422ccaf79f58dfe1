import { expect } from 'chai';
import { checkReplicas, checkServer } from '../src/checkServer.ts';

describe('the release of a server', () => {
  it('is one from 2.9 on', () => {
    for (const version of ['2.9.0', '2.9.10', '2.10.0-preview.1', '2.12.3', '3.0.0'])
      expect(() => checkServer(version, 'sources.in')).not.to.throw();
  });

  it('that is older is refused in one sentence', () => {
    for (const version of ['2.8.4', '1.99.0', ''])
      expect(() => checkServer(version, 'sources.in'))
        .to.throw(/CAD020 sources\.in: the server is nats-server/)
        .with.property('hint', 'It has to be 2.9 or later.');
  });

  it('has both repairs of fences where there are several replicas, from 2.10.19 on', () => {
    for (const version of ['2.10.19', '2.10.22-RC.1', '2.11.0', '3.0.0'])
      expect(() => checkReplicas(version, 3, '--engine')).not.to.throw();
    for (const version of ['2.9.10', '2.9.15', '2.9.20', '2.9.25', '2.10.0', '2.10.18', ''])
      expect(() => checkReplicas(version, 3, '--engine'))
        .to.throw(/CAD020 --engine: nats-server \S* ?may let two writers through one fence with 3 replicas/)
        .with.property('hint')
        .that.contains('2.10.19');
    expect(() => checkReplicas('2.9.10', 1, '--engine')).not.to.throw();
  });
});
