import type { Command } from 'commander';
import { examples, repeat, type Action } from './shared/commandParts.ts';

/** The commands that show and check the configuration. */
export function addConfigCommands(program: Command, action: Action): void {
  const config = program.command('config').description('the configuration in force, whether it can stand, what there is to set');
  examples(
    action(
      config
        .command('show')
        .description('each value in force, secrets masked')
        .option('--origin', 'what set each value: a file with line and column, a variable, a flag'),
      async () => (await import('./commands/config.ts')).configShow,
    ),
    'caducus config show --origin',
    'caducus config show --config data_dir=/var/lib/caducus --json',
  );
  examples(
    action(
      config
        .command('check')
        .description('whether every layer and the collectors can stand')
        .option('--require <module>', 'a module that adds sources (repeatable)', repeat),
      async () => (await import('./commands/config.ts')).configCheck,
    ),
    'caducus config check',
    'caducus config check -c staging.yml',
  );
  examples(
    action(
      config.command('docs').description('every key with its variable, flag, default and meaning'),
      async () => (await import('./commands/config.ts')).configDocs,
    ),
    'caducus config docs',
  );
}
