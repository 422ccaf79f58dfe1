import { Option, type Command } from 'commander';
import { schema, type SettingSpec } from '../../../config/schema.ts';

const collect = (value: string, before: string[] = []) => [...before, value];
const group = 'Options of every command:';

/** Options that every command has: the configuration, a flag for each of its keys, and how things are printed. */
export function addGlobalOptions(command: Command): Command {
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
