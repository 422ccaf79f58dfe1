import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import type { Guessed } from '../../../src/guesses/guesser.ts';
import { guessOptions } from '../../../src/guesses/options.ts';
import type { Question } from '../../../src/findings/guesses/question.ts';
import { RunGuesses } from '../../../src/run/guesses/runGuesses.ts';
import type { Blip, EpisodeFinding, Signal } from '../../../src/signal.ts';
import { readMarks } from '../../../src/store/marks.ts';
import { episodeWith } from '../../guesses/support/samples.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';
import { radarOfAll, sampleBlip } from '../../support/views/viewSamples.ts';

const finding = (one: EpisodeFinding): Signal => ({ kind: 'finding', time: 0, key: '', finding: one });
const radar = (blips: Blip[], more = {}): Signal => ({
  kind: 'radar',
  time: 0,
  key: '',
  radar: { ...radarOfAll, open: false, blips, ...more },
});
const texts = (many: number) => Array.from({ length: many }, (_, at) => `pattern ${at}`);

describe('the guesses of a run', () => {
  const folder = temporaryFolder();
  let count = 0;
  const open = (answer: (question: Question) => Guessed | Promise<Guessed> = () => ({ ok: true, guess: { summary: 'x' }, cost: '1' })) => {
    const asked: Question[] = [];
    const options = guessOptions.parse({ url: 'http://127.0.0.1:1', model: 'tiny' });
    const dataDir = folder.file(`data${count++}`);
    const io = testIo();
    const guesser = {
      options,
      ask: async (question: Question) => {
        asked.push(question);
        return answer(question);
      },
    };
    const guesses = new RunGuesses(guesser, { io, dataDir });
    const kept = async () => (await readMarks(io.files, dataDir)).lines.flatMap((line) => ('mark' in line ? [line.mark] : []));
    return { asked, guesses, io, dataDir, kept, guesser };
  };

  it('asks about an episode once, keeps what was answered as a mark of the model, and asks again when it has doubled', async () => {
    const { asked, guesses, kept } = open();
    for (const many of [2, 2, 3, 4, 7, 8, 16, 64]) guesses.see(finding(episodeWith('e7c1', texts(many))));
    await guesses.close();
    // What waits is replaced by what is newer.
    expect(asked.map(({ ids }) => ids.length)).to.deep.equal([2, 8]);
    const marks = await kept();
    expect(marks[0]).to.deep.include({ type: 'guess', target: 'e7c1', who: 'tiny', via: 'model', guess: { summary: 'x' } });
  });

  it('asks nothing about what is over', async () => {
    const { asked, guesses } = open();
    guesses.see(finding({ ...episodeWith('e7c1', texts(2)), state: 'resolved' }));
    await guesses.close();
    expect(asked).to.deep.equal([]);
  });

  it('asks for labels of what is unusual on a radar, each once, and of nothing while it learns', async () => {
    const { asked, guesses } = open();
    const odd = sampleBlip({ topic_id: 'odd', state: 'new', score: 80 });
    const calm = sampleBlip({ topic_id: 'calm', state: 'steady', score: 80 });
    const low = sampleBlip({ topic_id: 'low', state: 'rising', score: 39 });
    guesses.see(radar([odd], { learning: { learned_ms: 0, warmup_ms: 1 } }));
    guesses.see(radar([odd], { open: true }));
    guesses.see(radar([odd, calm, low]));
    guesses.see(radar([odd, calm, low]));
    await guesses.close();
    expect(asked.map(({ target, ids }) => [target, ids])).to.deep.equal([['', ['odd']]]);
  });

  it('asks nothing that an earlier run was answered', async () => {
    const first = open();
    first.guesses.see(finding(episodeWith('e7c1', texts(2))));
    await first.guesses.close();
    const again = new RunGuesses(first.guesser, { io: first.io, dataDir: first.dataDir });
    again.see(finding(episodeWith('e7c1', texts(2))));
    again.see(finding(episodeWith('e7c1', texts(4))));
    await again.close();
    expect(first.asked.map(({ ids }) => ids.length)).to.deep.equal([2, 4]);
  });

  it('asks anew what was not sent, and three times what was answered with nothing', async () => {
    for (const [sent, times] of [
      [false, 5],
      [true, 3],
    ] as const) {
      const { asked, guesses, kept } = open(() => ({ ok: false, why: 'down', sent }));
      for (let n = 0; n < 5; n += 1) {
        guesses.see(finding(episodeWith('e7c1', texts(2))));
        await guesses.settled();
      }
      await guesses.close();
      expect([asked.length, guesses.failure]).to.deep.equal([times, 'down']);
      expect(await kept()).to.deep.equal([]);
    }
  });

  it('harms nobody where the one who asks fails, and goes on with what waits', async () => {
    const { asked, guesses, kept } = open(({ target }) => {
      if (target === 'a') throw new Error('disk full');
      return { ok: true, guess: { summary: 'x' }, cost: '0' };
    });
    for (const id of ['a', 'b']) guesses.see(finding(episodeWith(id, texts(2))));
    await guesses.close();
    expect(asked.map(({ target }) => target)).to.deep.equal(['a', 'b']);
    expect((await kept()).map(({ target }) => target)).to.deep.equal(['b']);
  });

  it('ends when its patience does, whatever the model is at', async () => {
    const { guesser, io, dataDir } = open();
    const aborted: boolean[] = [];
    const ask = (_: Question, signal?: AbortSignal) =>
      new Promise<Guessed>((_resolve, reject) =>
        signal!.addEventListener('abort', () => {
          aborted.push(true);
          reject(new Error('over'));
        }),
      );
    const guesses = new RunGuesses({ ...guesser, ask }, { io, dataDir });
    guesses.see(finding(episodeWith('a', texts(2))));
    for (let turn = 0; turn < 20; turn += 1) await nextTurn();
    const closed = guesses.close();
    await io.pass(59_999);
    expect(aborted).to.deep.equal([]);
    await io.pass(1);
    await closed;
    expect(aborted).to.deep.equal([true]);
  });
});
