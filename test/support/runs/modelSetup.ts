import { join } from 'node:path';
import { main } from '../../../src/cli/program.ts';
import { fileServer, type FileServer } from '../../embedders/support/fileServer.ts';
import { temporaryFolders } from '../../embedders/support/folders.ts';
import { quietIo } from '../../embedders/support/quietIo.ts';
import { tinyModel } from '../../embedders/support/tinyModel.ts';
import { capturedScreen } from '../testIo.ts';

/** A mirror of a small model, and a cache that is empty before each test: what `caducus model` works on. */
export function modelSetup() {
  const folderOf = temporaryFolders();
  const files = tinyModel();
  let mirror: FileServer;
  let cache: string;
  before(async () => {
    mirror = await fileServer(files);
  });
  after(() => mirror.close());
  beforeEach(async () => {
    cache = await folderOf();
    mirror.asked.length = 0;
  });

  /** Runs a command line in this process; pauses between attempts take no time. */
  async function caducus(...args: string[]) {
    const io = Object.assign(quietIo({ env: { HOME: '/nonexistent', CADUCUS_CACHE_DIR: cache } }), {
      stdout: capturedScreen(),
      stderr: capturedScreen(),
    });
    const exit = await main(['model', ...args], '0.0.0-test', io);
    return { exit, out: io.stdout.text, err: io.stderr.text };
  }
  const folder = () => join(cache, 'models', 'universal-sentence-encoder-lite-1');
  return { folderOf, files, caducus, folder, mirror: () => mirror };
}
