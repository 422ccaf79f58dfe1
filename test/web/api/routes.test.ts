import { expect } from 'chai';
import { findRoute, routes } from '../../../src/web/api/routes.ts';

describe('routes', () => {
  it('each say what they are for', () => {
    for (const { path, summary } of routes)
      expect([path, summary]).to.satisfy(([a, b]: string[]) => a!.startsWith('/api/') && b!.length > 20);
  });

  it('are found by their path, with what stands for the id as it was meant', () => {
    const found = (path: string) => {
      const route = findRoute(path);
      return route && [route.routes[0]?.path, route.id];
    };
    expect(found('/api/patterns/a%2Fb')).to.deep.equal(['/api/patterns/ID', 'a/b']);
    expect(found('/api/radar')).to.deep.equal(['/api/radar', '']);
    for (const path of ['/api/patterns/', '/api/patterns/a/b', '/api/radar/x', '/api/patterns/%ff', `/api/patterns/${'x'.repeat(1001)}`])
      expect(found(path), path).to.equal(null);
  });
});
