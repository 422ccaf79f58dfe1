import { z } from 'zod';
import { modelVerify } from '../../../embedders/modelVerify.ts';
import { chooseFolder, chooseReference, modelFlags } from '../../model/modelFlags.ts';
import { showReport } from '../../model/showReport.ts';
import { defineCommand } from '../../shared/command.ts';

/** `caducus model verify`: reads every file and compares it with the published one. Exit 1 when one is missing or damaged. */
export const command = defineCommand({
  flags: z.strictObject(modelFlags),
  examples: ['caducus model verify', 'caducus model verify --json'],
  run: async (_args, { folder, unchecked }, context) =>
    showReport(await modelVerify(context.io.files, chooseFolder(folder, context), chooseReference(unchecked)), context, 1),
});
