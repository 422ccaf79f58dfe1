import type { Command } from 'commander';
import { examples, type Action } from './shared/commandParts.ts';

const folderFlag = ['--folder <folder>', 'the folder of the model (default: in the cache folder of the user)'] as const;
const uncheckedFlag = ['--unchecked', 'a model of your own: there is nothing published to compare it with'] as const;

/** The commands around the model of the sentence encoder. */
export function addModelCommands(program: Command, action: Action): void {
  const model = program.command('model').description('the model of the universal-sentence-encoder embedder');
  examples(
    action(
      model
        .command('fetch')
        .description('download it once, 28 MB; goes on where it was cut off, and checks every file')
        .option('--from <address>', '`hub`, or the http(s) address of a folder that holds the files', 'hub')
        .option(...folderFlag)
        .option(...uncheckedFlag),
      async () => (await import('./commands/model.ts')).fetchModel,
    ),
    'caducus model fetch',
    'caducus model fetch --from https://mirror.example.com/use/',
  );
  examples(
    action(
      model
        .command('verify')
        .description('compare every file with the published one')
        .option(...folderFlag)
        .option(...uncheckedFlag),
      async () => (await import('./commands/model.ts')).verifyModel,
    ),
    'caducus model verify',
    'caducus model verify --json',
  );
  examples(
    action(
      model.command('path').description('print the folder it is kept in'),
      async () => (await import('./commands/model.ts')).modelPath,
    ),
    'caducus model path',
    'tar -xf use.tar -C "$(caducus model path)" && caducus model verify',
  );
}
