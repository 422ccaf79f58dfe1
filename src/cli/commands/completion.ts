import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { completionScript, shells } from '../completion/scripts.ts';
import { defineCommand } from '../shared/command.ts';

/** `caducus completion bash|zsh|fish`: a script for the shell's start-up file. */
export const command = defineCommand({
  arguments: z.strictObject({ shell: z.string() }),
  examples: [
    'echo \'eval "$(caducus completion bash)"\' >> ~/.bashrc',
    'echo \'eval "$(caducus completion zsh)"\' >> ~/.zshrc',
    'caducus completion fish > ~/.config/fish/completions/caducus.fish',
  ],
  async run({ shell }, _flags, { io, listCommands }) {
    const known = shells.find((one) => one === shell);
    if (known === undefined)
      throw new CaducusError('CAD002', { path: '<shell>' }, `no completion for "${shell}"`, { hint: `one of: ${shells.join(', ')}` });
    await io.stdout.write(completionScript(known, await listCommands()));
  },
});
