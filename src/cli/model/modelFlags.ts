import { cacheFolder } from '../../embedders/cacheFolder.ts';
import { modelFolder, sentenceEncoder, type Published } from '../../embedders/use/sentenceEncoder.ts';
import type { CliContext } from '../shared/context.ts';
import { on, text } from '../shared/flags.ts';

/** Flags of the commands that look at the files of the model. */
export const modelFlags = {
  folder: text('folder', 'the folder of the model (default: in the cache folder of the user)'),
  unchecked: on('a model of your own: there is nothing published to compare it with'),
};

/** The folder of the model: the one that is named, else the one in the cache folder of the user. */
export const chooseFolder = (named: string | undefined, { io }: CliContext): string => named ?? modelFolder(cacheFolder(io.env));

/** What its files are compared with; null when there is nothing. */
export const chooseReference = (unchecked: boolean): Published | null => (unchecked ? null : sentenceEncoder);
