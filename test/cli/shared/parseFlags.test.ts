import { expect } from 'chai';
import { z } from 'zod';
import { parseArguments, parseFlags } from '../../../src/cli/shared/parseFlags.ts';
import { CaducusErrors, type CaducusError } from '../../../src/errors.ts';

function faults(run: () => unknown): string[] {
  try {
    run();
    return [];
  } catch (error) {
    const errors = error instanceof CaducusErrors ? error.errors : [error as CaducusError];
    return errors.map(({ code, where, hint }) => `${code} ${where.path}: ${hint}`);
  }
}

describe('arguments', () => {
  const schema = z.object({ pipeline: z.string(), ids: z.array(z.string()).default([]) });

  it('go to their names one by one, the rest to a list', () => {
    expect(parseArguments(schema, ['p', 'a', 'b'])).to.deep.equal({ pipeline: 'p', ids: ['a', 'b'] });
    expect(parseArguments(schema, ['p'])).to.deep.equal({ pipeline: 'p', ids: [] });
    expect(parseArguments(undefined, ['p'])).to.deep.equal({});
  });

  it('that cannot be understood are named as the help names them', () => {
    const [fault] = faults(() => parseArguments(z.object({ how: z.enum(['ls', 'show']) }), ['shwo']));
    expect(fault).to.equal('CAD002 <how>: did you mean "show"?');
  });
});

describe('flags', () => {
  const schema = z.object({ dryRun: z.boolean().default(false), sortBy: z.enum(['size', 'age']).optional() });

  it('are those of the command, whatever else is given', () => {
    expect(parseFlags(schema, { dryRun: true, verbose: true, sortBy: undefined })).to.deep.equal({ dryRun: true });
    expect([parseFlags(schema, {}), parseFlags(undefined, { dryRun: true })]).to.deep.equal([{ dryRun: false }, {}]);
  });

  it('that cannot be understood are named with the words there are, all at once', () => {
    expect(faults(() => parseFlags(schema, { dryRun: 'x', sortBy: 'qqqqqq' }))).to.have.length(2);
    expect(faults(() => parseFlags(schema, { sortBy: 'qqqqqq' }))).to.deep.equal(['CAD002 --sort-by: one of: size, age']);
  });

  it('say themselves what to give where they know better', () => {
    const odd = z.object({
      at: z.string().superRefine((_, context) => context.addIssue({ code: 'custom', message: 'no time', params: { hint: 'such as 5m' } })),
    });
    expect(faults(() => parseFlags(odd, { at: 'x' }))).to.deep.equal(['CAD002 --at: such as 5m']);
  });
});
