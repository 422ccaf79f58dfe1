import { expect } from 'chai';
import { z } from 'zod';
import { CaducusErrors } from '../../src/errors.ts';
import { defineOperator } from '../../src/kernel/defineOperator.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { extend } from '../../src/pipeline/registry.ts';

const start = () => ({});
const step = () => {};
const says = defineOperator({ name: 'says', options: z.strictObject({}), emits: ['beat'], machine: () => ({ start, step }) });
const silent = defineOperator({ name: 'silent', options: z.strictObject({}), machine: () => ({ start, step }) });
const registry = extend(builtins, { operators: [says, silent] });

/** What is wrong with a pipeline of these operators whose sink selects, and whose test expects, these kinds. */
function faults(operators: string, { select = 'event', kind = 'event' }): string[] {
  const text = `name: p
sources: { in: { file: { path: x.log } } }
operators: ${operators}
sinks: { out: { ndjson: { path: out.ndjson, select: [radar, ${select}] } } }
tests: [ { name: t, feed: { in: [] }, expect: [ { kind: ${kind}, count: 0 } ] } ]
`;
  try {
    loadPipeline('p.yaml', text, { registry, variables: { env: {}, config: () => undefined } });
    return [];
  } catch (error) {
    if (!(error instanceof CaducusErrors)) throw error;
    return error.errors.map(({ code, where, message }) => `${code} ${where.line} ${where.path} ${message}`);
  }
}

describe('the kinds that a pipeline file names', () => {
  it('may be those that its operators emit', () => {
    expect(faults('[{ says: {} }]', { select: 'beat', kind: 'beat' })).to.deep.equal([]);
  });

  it('are checked, each at its place, where all operators say what they emit', () => {
    const found = faults('[{ says: {} }]', { select: 'baet', kind: 'findng' });
    expect(found).to.have.length(2);
    expect(found[0]).to.match(/^CAD018 4 sinks\.out\.ndjson\.select\[1\] .*nothing here emits the kind "baet"/);
    expect(found[1]).to.match(/^CAD018 5 tests\[0\]\.expect\[0\]\.kind .*nothing here emits the kind "findng"/);
  });

  it('may be any where an operator does not say what it emits', () => {
    expect(faults('[{ says: {} }, { silent: {} }]', { select: 'whatever', kind: 'else' })).to.deep.equal([]);
  });

  it('are not those of an operator that is not in the file', () => {
    expect(faults('[{ memory: {} }]', { select: 'beat' })).to.have.length(1);
  });
});
