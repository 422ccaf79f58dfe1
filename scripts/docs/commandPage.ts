import { Command } from 'commander';
import { commandList } from '../../src/cli/commands/index.ts';
import { addCommands } from '../../src/cli/shared/addCommands.ts';
import { writeGlobalOptions } from '../../src/cli/shared/globalOptions.ts';
import { heading } from './markdown.ts';

const columns = 96;

/** What `--help` prints for a command. */
function renderHelp(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => void (text += part), getOutHelpWidth: () => columns }).outputHelp();
  return text.trimEnd();
}

/** Commands that do something, with those that only hold others opened up. */
const leaves = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap((inner) => leaves(inner as Command));

const fullName = (command: Command): string => (command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name());

/** The page of the command line: the help of every command, then what all of them have in common. */
export async function commandPage(): Promise<string> {
  const program = new Command('caducus');
  await addCommands(program, commandList, { wanted: () => true, everywhere: (command) => command, run: async () => {} });
  const parts = leaves(program).map((command) => `## ${fullName(command)}\n\n\`\`\`text\n${renderHelp(command)}\n\`\`\``);
  const common = writeGlobalOptions(columns).join('\n');
  const intro = `\`caducus COMMAND --help\` prints the same. Exit codes: 0 done, 1 tests or validation failed, 64 usage, 65 too many
rejected records, 70 bug, 74 input or output, 75 drain timed out, 78 configuration.`;
  return `${heading('Commands')}\n${intro}\n\n\`\`\`text\n${common}\n\`\`\`\n\n${parts.join('\n\n')}\n`;
}
