import { CaducusError } from '../errors.ts';
import type { HttpRequest } from '../io/network.ts';
import { readSecret } from '../io/readNamed.ts';
import { AlertmanagerBridge } from './answers/alertmanagerBridge.ts';
import { IncidentNames } from './answers/incidentNames.ts';
import { answersOptions, type AnswersOptions } from './answers/options.ts';
import { readPagerDuty } from './answers/readPagerDuty.ts';
import { readSlack } from './answers/readSlack.ts';
import { isSignedByPagerDuty, isSignedBySlack } from './answers/signatures.ts';
import { Listener, readPath, type Answer } from './http/listener.ts';
import { httpOptions } from './http/options.ts';
import { appendMark } from '../store/marks.ts';
import { defineSource, type SourceBatch, type SourceContext } from './source.ts';

/** What a test, or a program that embeds the listener, may want to know. */
export interface AnswersHooks {
  /** Called with the port once it listens. */
  listening?(port: number): void;
}

interface Secrets {
  pagerduty: string | null;
  slack: string | null;
}

/** Opens the listener and the look-out for silences. Both begin when its batches are asked for. */
export function openAnswers(options: AnswersOptions, context: SourceContext, hooks: AnswersHooks = {}) {
  const { io, id, dataDir, signal } = context;
  if (dataDir === undefined)
    throw new CaducusError('CAD015', { path: `sources.${id}` }, 'answers are kept in a data folder, and there is none');
  let listener: Listener | null = null;

  async function accept(body: Buffer, request: HttpRequest, secrets: Secrets, incidents: IncidentNames): Promise<Answer> {
    const path = readPath(request);
    if (path === '/pagerduty') {
      if (!isSignedByPagerDuty(request.headers, body, secrets.pagerduty!)) return unsigned;
      const { mark, incident, why } = readPagerDuty(JSON.parse(body.toString('utf8')), incidents.all);
      if (incident) await incidents.remember(incident.id, incident.finding);
      if (mark) await appendMark(io.files, dataDir!, mark);
      return { status: 202, body: mark ? { mark: mark.id } : { ignored: why } };
    }
    if (!isSignedBySlack(request.headers, body, secrets.slack!, io.now())) return unsigned;
    for (const mark of readSlack(body.toString('utf8'), io.now())) await appendMark(io.files, dataDir!, mark);
    // Slack shows anything else than nothing as an error.
    return { status: 200, body: null };
  }

  async function listen(): Promise<void> {
    const secrets = await readSecrets(options, context);
    const incidents = await IncidentNames.open(io.files, dataDir!);
    const paths = new Set([...(options.pagerduty ? ['/pagerduty'] : []), ...(options.slack ? ['/slack'] : [])]);
    listener = new Listener(
      io.net,
      httpOptions.parse({ listen: options.listen }),
      // Both sign what they send: it is judged by its path, once it has been read.
      { head: () => true, body: () => true },
      (body, request) => accept(body, request, secrets, incidents),
      { route: (request) => (paths.has(readPath(request)) ? { greeting: null, token: undefined } : null) },
    );
    // Not within the call: where there is no hook, its argument would not be evaluated.
    const port = await listener.listen(id);
    hooks.listening?.(port);
  }

  /** Until the run ends; it gives nothing itself. */
  async function listenAll(): Promise<void> {
    if (options.pagerduty || options.slack) await listen();
    if (options.alertmanager) await new AlertmanagerBridge(options.alertmanager, { io, dataDir: dataDir!, signal }).run();
    else
      await new Promise<void>((resolve) =>
        signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }),
      );
  }
  async function* batches(): AsyncGenerator<SourceBatch> {
    await listenAll();
    yield* [];
  }
  return {
    batches: batches(),
    async close() {
      await listener?.close();
    },
  };
}

const unsigned: Answer = { status: 401, body: { error: 'the signature is missing or wrong' } };

/** Of those who sign what they send. Throws CAD011 when a file of one cannot be read. */
async function readSecrets({ pagerduty, slack }: AnswersOptions, { io, id }: SourceContext) {
  const path = `sources.${id}`;
  return {
    pagerduty: await readSecret(io.files, pagerduty?.secret, pagerduty?.secretFile, path),
    slack: await readSecret(io.files, slack?.signingSecret, slack?.signingSecretFile, path),
  };
}

/**
 * Takes what people answer elsewhere: acknowledged, resolved, snoozed or noted in PagerDuty (v3 webhooks), clicked in Slack,
 * silenced in Alertmanager. Each becomes a mark of the data folder with that person's name, as if it were given here, and
 * reaches every pipeline that reads it; silences that are made here become silences of Alertmanager. A sender is answered 2xx
 * only after the mark is on disk; the same word twice is one mark. It gives no records of its own and ends with the others.
 *
 * Throws CAD070 when the address is taken, CAD011 when a secret's file cannot be read.
 */
export const answers = defineSource({
  name: 'answers',
  summary: 'Takes what people answer in PagerDuty, Slack and Alertmanager: acks, silences, notes, resolves.',
  options: answersOptions,
  live: true,
  accompanies: true,
  identity: () => ({}),
  open: (options, context) => openAnswers(options, context),
  async probe(options, context) {
    await readSecrets(options, context);
    return `listens on ${options.listen} once it runs`;
  },
});
