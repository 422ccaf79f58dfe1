import { makeGuessMark } from '../../findings/guesses/guessMark.ts';
import { askAboutEpisode, askForLabels, type Question } from '../../findings/guesses/question.ts';
import { isEpisode } from '../../findings/isEpisode.ts';
import { setNewest } from '../../base/evictOldest.ts';
import type { Guesser } from '../../guesses/guesser.ts';
import type { Io } from '../../io.ts';
import type { EpisodeFinding, Radar, Signal } from '../../signal.ts';
import { appendMark, readMarks, withId } from '../../store/marks.ts';

/** An episode is asked about when it begins, and again whenever it has as many patterns more; so often at most. */
const mostAsked = 3;
/** Score from which a pattern gets a label. */
const unusual = 40;
/** What is remembered as asked, and what waits: a flood of episodes is not a flood of questions. */
const mostKnown = 5_000;
const mostWaiting = 32;

/** Episodes and patterns that were guessed at before this run. */
interface Known {
  targets: Set<string>;
  labels: ReadonlySet<string>;
}

/**
 * Asks a model about the episodes of a run and about what is unusual on its radars, beside the run: nothing waits for it, and
 * what fails is asked no more until it is seen anew. What it answers is put on disk as a mark, which the run takes in, keeps in
 * its journal and gives on as it does what people answer. Of a replay nothing is asked: its guesses are those of the recorded run.
 */
export class RunGuesses {
  /** Why the last question had no answer; null where it had. */
  failure: string | null = null;
  readonly #guesser: Pick<Guesser, 'ask' | 'options'>;
  readonly #io: Io;
  readonly #dataDir: string;
  readonly #stop = new AbortController();
  /** Episodes: how often, and with how many patterns last. */
  readonly #asked = new Map<string, { times: number; patterns: number }>();
  /** Patterns that have a label, or are being asked for one. */
  readonly #labelled = new Map<string, true>();
  #known: Promise<Known> | null = null;
  #waiting: Question[] = [];
  #working: Promise<void> | null = null;

  constructor(guesser: Pick<Guesser, 'ask' | 'options'>, { io, dataDir }: { io: Io; dataDir: string }) {
    this.#guesser = guesser;
    this.#io = io;
    this.#dataDir = dataDir;
  }

  /** Sees a signal that leaves the last operators. */
  see(signal: Signal): void {
    if (signal.kind === 'finding' && isEpisode(signal.finding)) this.#episode(signal.finding);
    else if (signal.kind === 'radar' && !signal.radar.open) this.#radar(signal.radar);
  }

  /** Nothing is being asked, and nothing waits. */
  async settled(): Promise<void> {
    await this.#working;
  }

  /**
   * Waits for what is being asked, as long as an answer may take; what has not come by then is asked no more. A run that was
   * told to end waits for nobody.
   */
  async close(stop?: AbortSignal): Promise<void> {
    const end = new AbortController();
    const patience = stop?.aborted ? 0 : this.#guesser.options.timeout;
    const limit = this.#io.sleep(patience, end.signal).then(
      () => this.#stop.abort(new Error('the run ended before it answered')),
      () => undefined,
    );
    await this.settled();
    end.abort();
    await limit;
  }

  #episode(finding: EpisodeFinding): void {
    const { id, state, result } = finding;
    if (state === 'resolved') return;
    const patterns = result.members.length + (result.more_members ?? 0);
    const asked = this.#asked.get(id);
    if (asked && (asked.times >= mostAsked || patterns < 2 * asked.patterns)) return;
    const question = askAboutEpisode(finding, this.#guesser.options.ask);
    if (!question) return;
    setNewest(this.#asked, id, { times: (asked?.times ?? 0) + 1, patterns }, mostKnown);
    for (const topic of question.ids) setNewest(this.#labelled, topic, true, mostKnown);
    this.#waiting = this.#waiting.filter(({ target }) => target !== question.target);
    this.#ask(question);
  }

  #radar({ blips, learning }: Radar): void {
    if (learning || !this.#guesser.options.ask.includes('labels')) return;
    const fresh = blips.filter(
      ({ topic_id: id, score, state, volume, measure }) =>
        score >= unusual && state !== 'steady' && volume === undefined && !measure && !this.#labelled.has(id),
    );
    const question = askForLabels(fresh.map(({ topic_id: id, pattern }) => ({ id, pattern })));
    if (!question) return;
    for (const id of question.ids) setNewest(this.#labelled, id, true, mostKnown);
    this.#ask(question);
  }

  #ask(question: Question): void {
    if (this.#waiting.length >= mostWaiting) return this.#forget(question, false);
    this.#waiting.push(question);
    this.#working ??= this.#work().finally(() => (this.#working = null));
  }

  async #work(): Promise<void> {
    for (let next = this.#waiting.shift(); next && !this.#stop.signal.aborted; next = this.#waiting.shift()) {
      try {
        await this.#answer(next);
      } catch (error) {
        this.failure = error instanceof Error ? error.message : String(error);
        this.#forget(next, false);
      }
    }
  }

  async #answer(question: Question): Promise<void> {
    const { targets, labels } = await (this.#known ??= this.#readKnown());
    const { target, ids } = question;
    if (target === '' ? ids.every((id) => labels.has(id)) : targets.delete(target)) return;
    const answer = await this.#guesser.ask(question, this.#stop.signal);
    this.failure = answer.ok ? null : answer.why;
    if (!answer.ok) return this.#forget(question, answer.sent);
    const { model } = this.#guesser.options;
    await appendMark(this.#io.files, this.#dataDir, withId(makeGuessMark(target, answer.guess, model, this.#io.now())));
  }

  /** It had no answer: what was never sent is asked as if it had not been, what was counts. */
  #forget({ target, ids }: Question, sent: boolean): void {
    const asked = this.#asked.get(target);
    if (asked) setNewest(this.#asked, target, { times: asked.times - (sent ? 0 : 1), patterns: 0 }, mostKnown);
    if (!sent) for (const id of ids) this.#labelled.delete(id);
  }

  /** What earlier runs were answered: once. */
  async #readKnown(): Promise<Known> {
    const { lines } = await readMarks(this.#io.files, this.#dataDir);
    const guesses = lines.flatMap((line) => ('mark' in line && line.mark.type === 'guess' ? [line.mark] : []));
    return {
      targets: new Set(guesses.map(({ target }) => target)),
      labels: new Set(guesses.flatMap(({ guess }) => guess?.labels?.map(({ id }) => id) ?? [])),
    };
  }
}
