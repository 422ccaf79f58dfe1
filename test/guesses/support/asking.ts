import { Guesser } from '../../../src/guesses/guesser.ts';
import type { Question } from '../../../src/findings/guesses/question.ts';
import { askAboutEpisode } from '../../../src/findings/guesses/question.ts';
import { guessParts } from '../../../src/results/guess.ts';
import { quietIo, type QuietIo } from '../../embedders/support/quietIo.ts';
import { answerAll, chatServer, type ChatServer } from '../../support/servers/chatServer.ts';
import { temporaryFolder } from '../../support/testIo.ts';
import { episodeWith, guessing } from './samples.ts';

export const self = { pid: process.pid, isAlive: () => true };

/** A question about an episode. */
export const ask = (id: string, texts: readonly string[] = [`disk ${id} fails`]): Question =>
  askAboutEpisode(episodeWith(id, texts), guessParts)!;

export interface Asking {
  server: ChatServer;
  io: QuietIo;
  dataDir: string;
  open(more?: Parameters<typeof guessing>[1], env?: Record<string, string>): Guesser;
}

/** A server that speaks the protocol, and for each test a data folder of its own. */
export function asking(): Asking {
  const folder = temporaryFolder();
  let count = 0;
  const all = {
    open: (more = {}, env = {}) => new Guesser(guessing(all.server.base, more), { io: { ...all.io, env }, dataDir: all.dataDir, self }),
  } as Asking;
  before(async () => void (all.server = await chatServer()));
  after(() => all.server.close());
  beforeEach(() => {
    all.io = quietIo({ longest: 1000 });
    all.dataDir = folder.file(`data${count++}`);
    all.server.chats.length = 0;
    all.server.faults.length = 0;
    all.server.say = answerAll;
    all.server.usage = { prompt_tokens: 100, completion_tokens: 20 };
  });
  return all;
}
