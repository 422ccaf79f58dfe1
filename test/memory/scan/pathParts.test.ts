import { expect } from 'chai';
import { pathParts } from '../../../src/memory/scan/pathParts.ts';
import { CONST } from '../../../src/memory/scan/shape.ts';

/** The parts of a path, values in angle brackets. */
function parts(path: string): string {
  return pathParts(new TextEncoder().encode(path), 0, path.length)
    .map(({ start, end, shape }) => ((shape & 3) === CONST ? path.slice(start, end) : `<${path.slice(start, end)}>`))
    .join(' ');
}

describe('the parts of a path', () => {
  const cases: Record<string, string> = {
    '/orders/17/items': 'orders <17> items',
    '/v1/orders': 'v1 orders',
    '/v12/orders': 'v12 orders',
    '/v123/orders': '<v123> orders',
    '//orders///x/': 'orders x',
    '/': '',
    '/deadbeef': '<deadbeef>',
    '/a/b/c/d/e/f/g/h/i/j': 'a b c d e f g h <i/j>',
    [`/${'x'.repeat(40)}`]: 'x'.repeat(40),
    [`/${'x'.repeat(41)}`]: `<${'x'.repeat(41)}>`,
  };
  for (const [path, wanted] of Object.entries(cases)) it(path.slice(0, 30), () => expect(parts(path)).to.equal(wanted));
});
