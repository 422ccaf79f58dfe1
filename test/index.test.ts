import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import * as library from '../src/index.ts';
import { operators } from '../operators/index.ts';
import { sinks } from '../src/sinks/index.ts';
import { sources } from '../src/sources/index.ts';

/** Where values for the options of operators come from: what is imported from these, other than types. */
const shared =
  /import \{([^}]*)\} from '(?:\.{1,2}\/)+(?:src\/)?(?:config\/scalars|base\/pattern|kernel\/defineOperator|kernel\/template\/templateText)\.ts'/g;

/** Files in which the options of operators stand. */
const withOptions = [
  ...readdirSync('operators').map((name) => join('operators', name)),
  ...readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => /^(?:safeguards|findings)\/.*options\.ts$/i.test(name))
    .map((name) => join('src', name)),
];

describe('the library', () => {
  it('exports what the built-in operators use for their options', () => {
    const used = withOptions.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(shared)].flatMap(([, names]) => names!.split(',').map((name) => name.trim())),
    );
    expect(used).to.include.members(['duration', 'fieldPath', 'templateText']);
    const values = [...new Set(used.filter((name) => name !== '' && !name.startsWith('type ')))];
    expect(values.filter((name) => !Object.hasOwn(library, name))).to.deep.equal([]);
  });

  it('exports every operator, source and sink there is', () => {
    for (const { spec } of [...operators, ...sources, ...sinks])
      expect(library).to.have.property(spec.name.replaceAll(/-./g, (dash) => dash.charAt(1).toUpperCase()));
  });
});
