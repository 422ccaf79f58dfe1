import { readFileSync } from 'node:fs';
import { expect } from 'chai';

interface Locked {
  version?: string;
  engines?: { node?: string } | string[];
  hasInstallScript?: boolean;
}
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
const own = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string }; allowScripts: Record<string, boolean> };

type Version = readonly [major: number, minor: number, patch: number];
const parseVersion = (text: string): Version => {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : 0));
  return [major, minor, patch];
};
const compare = (a: Version, b: Version) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

/** Whether a version is in a range of npm's, as far as engines are written. Throws for another form. */
function isIn(version: Version, range: string): boolean {
  return range.split('||').some((part) => {
    const comparators = part
      .replaceAll(/(?<=[<>=^~])\s+/g, '')
      .trim()
      .split(/\s+/);
    return comparators.every((comparator) => {
      const [, sign, text] = /^(>=|<=|>|<|\^|~|=)?v?([\dx.*]+)$/.exec(comparator) ?? [];
      if (text === undefined) throw new Error(`cannot read the range ${range}`);
      const bound = parseVersion(text);
      const order = compare(version, bound);
      if (sign === '>=') return order >= 0;
      if (sign === '>') return order > 0;
      if (sign === '<') return order < 0;
      if (sign === '<=') return order <= 0;
      if (sign === '^') return order >= 0 && version[0] === bound[0];
      if (sign === '~') return order >= 0 && version[0] === bound[0] && version[1] === bound[1];
      return text === '*' || (version[0] === bound[0] && (!text.includes('.') || order === 0));
    });
  });
}

describe('what is installed', () => {
  it('runs on the oldest Node that this runs on, so that npm has nothing to warn of', () => {
    const oldest = parseVersion(own.engines.node.replace('>=', ''));
    const wrong = Object.entries(packages).flatMap(([path, { engines }]) => {
      const range = Array.isArray(engines) ? undefined : engines?.node;
      return range === undefined || isIn(oldest, range) ? [] : [`${path}: ${range}`];
    });
    expect(wrong).to.deep.equal([]);
  });

  it('runs no script of its own when it is installed, and npm is told so', () => {
    const scripted = Object.entries(packages).flatMap(([path, { hasInstallScript }]) =>
      hasInstallScript && path !== '' ? [path.replace(/^.*node_modules\//, '')] : [],
    );
    expect(own.allowScripts).to.deep.equal(Object.fromEntries(scripted.toSorted().map((name) => [name, false])));
  });
});
