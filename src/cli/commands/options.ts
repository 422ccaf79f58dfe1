import { defineCommand } from '../shared/command.ts';
import { print } from '../shared/context.ts';
import { writeGlobalOptions } from '../shared/globalOptions.ts';

/** `caducus options`, and `caducus help options`: what every command can be given. */
export const command = defineCommand({
  examples: ['caducus options', 'caducus radar app.log --time-zone Europe/Berlin', 'caducus groups --data-dir /var/lib/caducus --json'],
  run: async (_args, _flags, context) => print(context, writeGlobalOptions(context.io.stdout.columns)),
});
