import { Command } from 'commander';
import { expect } from 'chai';
import { z } from 'zod';
import { addCommands } from '../../../src/cli/shared/addCommands.ts';
import { defineCommand, type GivenFlags } from '../../../src/cli/shared/command.ts';
import type { CliContext } from '../../../src/cli/shared/context.ts';
import { choice, length, needed, off, on, several, text, textOr, whole, wholeOr } from '../../../src/cli/shared/flags.ts';
import { CaducusErrors, type CaducusError } from '../../../src/errors.ts';

const context = {} as CliContext;

/** A command line over a command with a flag of every kind: what the command was given, or its help. */
async function given(...argv: string[]): Promise<{ args?: unknown; flags?: unknown; help: string }> {
  let seen: { args: unknown; flags: unknown } | undefined;
  const command = defineCommand({
    arguments: z.strictObject({ id: z.string().describe('What it is about.'), rest: z.array(z.string()) }),
    flags: z.strictObject({
      dryRun: on('a switch'),
      analysis: off('a switch that is on'),
      group: text('id', 'some text'),
      by: textOr('group_id', 'field', 'text with a preset'),
      input: needed('file', 'text that is needed'),
      require: several('module', 'text again and again'),
      limit: whole('a number'),
      top: wholeOr(8, 'a number with a preset'),
      for: length('a length of time'),
      state: choice('state', ['new', 'rising'], 'a word'),
    }),
    examples: ['caducus toy do k7f2 --input F'],
    run: async (args, flags) => {
      seen = { args, flags };
    },
  });
  let help = '';
  const program = new Command('caducus').exitOverride().configureOutput({ writeOut: (part) => void (help += part), writeErr: () => {} });
  await addCommands(
    program,
    {
      commands: { Toys: [{ words: 'toy do', summary: 'does it', load: async () => ({ command }) }] },
      holders: { toy: 'things to play with' },
    },
    {
      wanted: () => true,
      everywhere: (one) => one.option('--json'),
      run: async (one, positional: readonly string[], flags: GivenFlags) => void (await one.invoke(positional, flags, context)),
    },
  );
  await program.parseAsync(argv, { from: 'user' }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'commander.helpDisplayed')) throw error;
  });
  return { ...seen, help };
}

/** The errors of a command line that cannot be understood. */
async function problems(...argv: string[]): Promise<string[]> {
  const error = await given('toy', 'do', 'k7f2', '--input', 'F', ...argv).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  const all = error instanceof CaducusErrors ? error.errors : [error as CaducusError];
  return all.map(({ code, where, what, hint }) => `${code} ${where.path} ${what} (${hint})`);
}

describe('a command', () => {
  it('gets its arguments by name and its flags in their types', async () => {
    const { args, flags } = await given(
      ...['toy', 'do', 'k7f2', 'a', 'b', '--input', 'F', '--dry-run', '--no-analysis', '--group', 'g', '--by', 'host'],
      ...['--require', 'x', '--require', 'y', '--limit', '1_000', '--top', '3', '--for', '1h 30m', '--state', 'new', '--json'],
    );
    expect(args).to.deep.equal({ id: 'k7f2', rest: ['a', 'b'] });
    expect(flags).to.deep.equal({
      dryRun: true,
      analysis: false,
      group: 'g',
      by: 'host',
      input: 'F',
      require: ['x', 'y'],
      limit: 1000,
      top: 3,
      for: 5_400_000,
      state: 'new',
    });
  });

  it('gets what holds where nothing is given', async () => {
    const { args, flags } = await given('toy', 'do', 'k7f2', '--input', 'F');
    expect(args).to.deep.equal({ id: 'k7f2', rest: [] });
    expect(flags).to.deep.equal({ dryRun: false, analysis: true, by: 'group_id', input: 'F', require: [], top: 8 });
  });

  it('has help from its definition', async () => {
    const { help } = await given('toy', 'do', '--help');
    expect(help).to.contain('Usage: caducus toy do [options] <id> [rest...]');
    for (const part of [
      '--dry-run ',
      '--no-analysis ',
      '--group <id> ',
      '--by <field> ',
      '(default: group_id)',
      '--input <file> ',
      '--require <module> ',
      '(repeatable)',
      '--limit <n> ',
      '(default: 8)',
      '--for <duration> ',
      '--state <state> ',
      'What it is about.',
      '  $ caducus toy do k7f2 --input F',
    ])
      expect(help).to.contain(part);
  });

  it('names the flag whose value cannot be understood, and what to give', async () => {
    expect(await problems('--limit', '0')).to.deep.equal([
      'CAD002 --limit expected a whole number of at least 1, got "0" (Run the command with --help to see its arguments.)',
    ]);
    expect(await problems('--for', 'soon')).to.deep.equal([
      'CAD002 --for "soon" is no length of time (Give one such as 2h, 30m or 1h 30m.)',
    ]);
    expect(await problems('--state', 'nwe')).to.deep.equal(['CAD002 --state "nwe" is no state (did you mean "new"?)']);
    expect(await problems('--state', 'blue')).to.deep.equal(['CAD002 --state "blue" is no state (one of: new, rising)']);
  });

  it('names all of them at once', async () => {
    expect((await problems('--limit', 'x', '--state', 'blue')).map((line) => line.split(' ')[1])).to.deep.equal(['--limit', '--state']);
  });

  it('refuses what is missing and what is too much before it runs', async () => {
    for (const argv of [
      ['toy', 'do', 'k7f2'],
      ['toy', 'do', '--input', 'F'],
      ['toy', 'do', 'k7f2', '--input', 'F', '--jsno'],
    ])
      expect(
        await given(...argv).then(
          () => 'ran',
          () => 'refused',
        ),
        argv.join(' '),
      ).to.equal('refused');
  });
});
