import { chooseFolder } from '../../model/modelFlags.ts';
import { defineCommand } from '../../shared/command.ts';
import { print, printJson, tell } from '../../shared/context.ts';

/** `caducus model path`: the folder the embedder looks in. */
export const command = defineCommand({
  examples: ['caducus model path', 'tar -xf use.tar -C "$(caducus model path)" && caducus model verify'],
  async run(_args, _flags, context) {
    const folder = chooseFolder(undefined, context);
    const there = (await context.io.files.stat(`${folder}/model.json`)) !== null;
    if (context.json) return printJson(context, { folder, there });
    await print(context, [folder]);
    if (!there) await tell(context, 'There is no model yet.  caducus model fetch');
  },
});
