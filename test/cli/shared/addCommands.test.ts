import { Command } from 'commander';
import { expect } from 'chai';
import { z } from 'zod';
import { addCommands, type CommandList } from '../../../src/cli/shared/addCommands.ts';
import { defineCommand, type CommandDefinition, type GivenFlags } from '../../../src/cli/shared/command.ts';
import { on } from '../../../src/cli/shared/flags.ts';

/** A program over three commands, what was loaded, and what was run. */
async function program(wanted: (words: readonly string[]) => boolean) {
  const loaded: string[] = [];
  const ran: { command: CommandDefinition; positional: readonly string[]; given: GivenFlags }[] = [];
  const entry = (words: string) => ({
    words,
    summary: `does ${words}`,
    load: async () => {
      loaded.push(words);
      return {
        command: defineCommand({
          arguments: z.strictObject({ id: z.string().optional(), rest: z.array(z.string()) }),
          flags: z.strictObject({ dryRun: on('a switch') }),
          examples: ['caducus'],
          run: async () => {},
        }),
      };
    },
  });
  const list: CommandList = {
    commands: { Run: [entry('run')], Look: [entry('state ls'), entry('state rm')] },
    holders: { state: 'what is kept' },
  };
  const top = new Command('caducus').exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
  await addCommands(top, list, {
    wanted,
    everywhere: (one) => one.option('--json'),
    run: async (command, positional, given) => void ran.push({ command, positional, given }),
  });
  return { top, loaded, ran, type: (...argv: string[]) => top.parseAsync(argv, { from: 'user' }) };
}
const named = (at: Command, ...words: string[]): Command =>
  words.reduce((above, word) => above.commands.find((one) => one.name() === word)!, at);

describe('the commands of a program', () => {
  it('are all there, under their headings, those of two words below one that holds them', async () => {
    const { top } = await program(() => false);
    expect(top.commands.map((one) => [one.name(), one.helpGroup(), one.description()])).to.deep.equal([
      ['run', 'Run:', 'does run'],
      ['state', 'Look:', 'what is kept'],
    ]);
    expect(named(top, 'state').commands.map((one) => [one.name(), one.helpGroup(), one.description()])).to.deep.equal([
      ['ls', 'Commands:', 'does state ls'],
      ['rm', 'Commands:', 'does state rm'],
    ]);
  });

  it('are loaded only where they are wanted', async () => {
    const { top, loaded } = await program((words) => words.join(' ') === 'state rm');
    expect(loaded).to.deep.equal(['state rm']);
    const flags = (...words: string[]) => named(top, ...words).options.map(({ long }) => long);
    expect(flags('state', 'rm')).to.have.members(['--dry-run', '--json']);
    expect(flags('state', 'ls')).to.deep.equal([]);
  });

  it('are run with their arguments in one list, and the flags as they were given', async () => {
    const { ran, type } = await program(() => true);
    await type('state', 'rm', 'a', 'b', 'c', '--dry-run', '--json');
    expect(ran.map(({ positional, given }) => [positional, given])).to.deep.equal([[['a', 'b', 'c'], { dryRun: true, json: true }]]);
  });

  it('are run without an argument where none was given', async () => {
    const { ran, type } = await program(() => true);
    await type('run');
    expect(ran.map(({ positional }) => positional)).to.deep.equal([[]]);
  });
});
