import type { Io } from '../../io.ts';
import { waited } from '../../base/waiting.ts';
import type { RunLook } from '../live/runLook.ts';
import type { Answer } from './openControl.ts';

/** How often a run reports how it stands, milliseconds. */
const every = 500;

/** How the run stands, again and again. Who is slow gets the newest when it has taken the one before: nothing waits in a queue. */
export const answerLook =
  (run: RunLook, io: Io): Answer<'look'> =>
  async (_wish, { say, gone }) => {
    do {
      if (!(await say(run.look()))) return;
    } while (await waited(io, every, gone));
  };
