import { Command } from 'commander';
import { addCommands, type CommandList } from '../shared/addCommands.ts';
import { addGlobalOptions } from '../shared/globalOptions.ts';
import type { CompletedCommand } from './completedCommand.ts';

/** Every command of a list with its flags, in the order of the help. Those of every command are at the end of each. */
export async function describeCommands(list: CommandList): Promise<CompletedCommand[]> {
  const program = new Command('caducus');
  await addCommands(program, list, { wanted: () => true, everywhere: addGlobalOptions, run: async () => {} });
  return Object.values(list.commands)
    .flat()
    .map(({ words, summary }) => {
      const command = words.split(' ').reduce((at, word) => at.commands.find((one) => one.name() === word) as Command, program);
      const flags = command.options.filter(({ long }) => long !== undefined && long !== null && long !== '--set');
      return {
        words,
        summary,
        flags: [...flags.map((one) => ({ name: one.long!, summary: one.description, takesValue: one.required })), help],
      };
    });
}

const help = { name: '--help', summary: 'display help for command', takesValue: false };
