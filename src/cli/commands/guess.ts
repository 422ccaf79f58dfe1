import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { makeGuessMark, type KnownGuess } from '../../findings/guesses/guessMark.ts';
import { askAboutEpisode, askForLabels, describeTopic, type Question } from '../../findings/guesses/question.ts';
import { isEpisode } from '../../findings/isEpisode.ts';
import type { Guesser } from '../../guesses/guesser.ts';
import { writePico } from '../../safeguards/budget/money.ts';
import { appendMark, withId } from '../../store/marks.ts';
import { guessLines } from '../../views/guesses/guessText.ts';
import { line } from '../../views/text/line.ts';
import { shortIds } from '../../views/text/shortIds.ts';
import { requireGuesser } from '../guesses/openGuesser.ts';
import { knownTarget, type Target } from '../recall/known.ts';
import { pipelineFlag } from '../recall/selectionFlags.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson, type CliContext } from '../shared/context.ts';
import { on } from '../shared/flags.ts';

/** `caducus guess ID`: asks the model that is configured about an episode or a pattern, and keeps what it answers. */
export const command = defineCommand({
  arguments: z.strictObject({ id: z.string() }),
  flags: z.strictObject({ dryRun: on('print what would be sent and what it may cost; nothing is asked'), ...pipelineFlag }),
  examples: ['caducus guess e7c1 --dry-run', 'caducus guess e7c1', "caducus guess k7f2 --json | jq '.labels'"],
  async run({ id }, { dryRun, pipeline }, context) {
    const guesser = requireGuesser(context);
    const question = makeQuestion(await knownTarget(id, context, pipeline), guesser);
    return dryRun ? showRequest(question, guesser, context) : ask(question, guesser, context);
  },
});

/** Throws CAD002 for a finding that is no episode: it says all there is itself. */
function makeQuestion(target: Target, { options }: Guesser): Question {
  if (target.kind === 'pattern') return askForLabels([describeTopic(target.topic)])!;
  const question = isEpisode(target.finding) ? askAboutEpisode(target.finding, options.ask) : null;
  if (question) return question;
  throw new CaducusError('CAD002', {}, `${target.finding.title}: only of an episode or a pattern is there anything to guess`, {
    hint: 'caducus episodes lists the episodes, caducus topics the patterns.',
  });
}

async function showRequest(question: Question, guesser: Guesser, context: CliContext): Promise<void> {
  const { url, body, most, cost } = guesser.prepare(question);
  const { currency, period } = guesser.options.budget;
  const left = guesser.findLeft();
  if (context.json)
    return printJson(context, { url, body: JSON.parse(body) as unknown, most_tokens: most, cost: writePico(cost), left, currency });
  return print(
    context,
    [
      `POST ${url}`,
      ...JSON.stringify(JSON.parse(body), null, 2).split('\n'),
      '',
      `At most ${most.input} tokens out and ${most.output} back: ${writePico(cost)} ${currency}, of ${left} left of this ${period}.`,
      'Dry run: nothing was sent.',
    ].map((text) => line([text], { ...pictureStyle(context), uncut: true })),
  );
}

async function ask(question: Question, guesser: Guesser, context: CliContext): Promise<void> {
  const { io, dataDir, stop } = context;
  const answer = await guesser.ask(question, stop);
  const { model, budget } = guesser.options;
  if (!answer.ok)
    throw new CaducusError('CAD066', { path: guesser.options.url }, `${model} was asked in vain: ${answer.why}`, {
      hint: 'Everything else works without it. caducus guess ID --dry-run shows what would be sent, and what is left of the budget.',
    });
  const mark = withId(makeGuessMark(question.target, answer.guess, model, io.now()));
  await appendMark(io.files, dataDir, mark);
  const guess: KnownGuess = { model, at: mark.at, ...answer.guess };
  if (context.json) return printJson(context, { ...guess, cost: answer.cost, currency: budget.currency });
  return print(context, guessLines(guess, shortIds([question.target, ...question.ids].filter(Boolean)), pictureStyle(context)));
}
