import { Command, Help, Option } from 'commander';
import { schema, type SettingSpec } from '../../../config/schema.ts';

const collect = (value: string, before: string[] = []) => [...before, value];
const group = 'Options of every command:';

/**
 * Options that every command has: the configuration, a flag for each of its keys, and how things are printed. The help of a
 * command shows its own, and where these are listed.
 */
export function addGlobalOptions(command: Command): Command {
  if (command.name() === 'options') return withGlobalOptions(command);
  return withGlobalOptions(command)
    .configureHelp(ownOptionsOnly)
    .addHelpText('after', `\n${group} --json, --data-dir, --time-zone and more: caducus help options`);
}

/** They stay visible to what suggests the option that was meant. */
const ownOptionsOnly: Partial<Help> = {
  groupItems(unsorted, visible, findGroup) {
    const groups = new Help().groupItems(unsorted, visible, findGroup);
    groups.delete(group);
    return groups;
  },
  longestOptionTermLength(command, helper) {
    const own = helper.visibleOptions(command).filter(({ helpGroupHeading }) => helpGroupHeading !== group);
    return Math.max(0, ...own.map((option) => helper.displayWidth(helper.styleOptionTerm(helper.optionTerm(option)))));
  },
};

/** The lines that list them. */
export function writeGlobalOptions(columns: number): string[] {
  let text = '';
  const command = withGlobalOptions(new Command('COMMAND').helpOption(false));
  command.configureOutput({ writeOut: (part) => void (text += part), getOutHelpWidth: () => columns }).outputHelp();
  return text.trimEnd().split('\n').slice(2);
}

function withGlobalOptions(command: Command): Command {
  const option = (flags: string, description: string) => new Option(flags, description).helpGroup(group);
  const options = [
    option('-c, --configuration <file>', 'configuration file, on top of the usual ones (repeatable)').argParser(collect),
    option('--config <key=value>', 'set one configuration value (repeatable; also --set)').argParser(collect),
    option('--set <key=value>', '').argParser(collect).hideHelp(),
    ...Object.values(schema as Record<string, SettingSpec>).map(({ arg, doc, format }) =>
      option(`--${arg}${placeholder(format)}`, sentencePart(doc)),
    ),
    option('--json', 'print JSON'),
    option('--no-color', 'print without colour'),
  ];
  // A command may have a flag of its own by the name: `--config` is left for the configuration.
  const taken = new Set(command.options.map(({ long }) => long));
  for (const one of options) if (!taken.has(one.long)) command.addOption(one);
  return command;
}

function placeholder(format: SettingSpec['format']): string {
  if (format === 'switch') return '';
  if (Array.isArray(format)) return ' <name>';
  if (format === 'length of time' || format === 'length of time or nothing') return ' <duration>';
  if (format === 'size or nothing') return ' <size>';
  if (format === 'header name') return ' <name>';
  if (format === 'host names' || format === 'user names') return ' <names>';
  if (format === 'origins') return ' <origins>';
  return typeof format === 'string' && ['address', 'token', 'zone'].includes(format) ? ` <${format}>` : ' <folder>';
}

/** Help lines begin small and end without a full stop. */
const sentencePart = (doc: string) => doc.charAt(0).toLowerCase() + doc.slice(1).replace(/\.$/, '');
