import { readSecret } from '../../io/readNamed.ts';
import type { Finding } from '../../signal.ts';
import type { SinkContext } from '../sink.ts';
import { alertmanager } from './alertmanager.ts';
import { splitCredentials } from './credentials.ts';
import { email } from './email.ts';
import { jsonReceiver } from './jsonBody.ts';
import type { MakeMessage } from './message.ts';
import { ntfy } from './ntfy.ts';
import type { ReceiverOptions, WebhookOptions } from './options.ts';
import { pagerDuty } from './pagerduty.ts';
import type { Receiver } from './receiver.ts';
import { slackBot, slackWebhook } from './slack.ts';
import { teams } from './teams.ts';

/** Where each kind of receiver lives when no url is given. */
export const homes: Readonly<Record<WebhookOptions['format'], string>> = {
  slack: 'https://slack.com',
  pagerduty: 'https://events.pagerduty.com',
  teams: '',
  ntfy: 'https://ntfy.sh',
  json: '',
  alertmanager: '',
  email: '',
};

/** The receiver that options name, its secrets read. Throws CAD011 when a secret's file cannot be read. */
export async function openReceiver(
  options: ReceiverOptions,
  { io, id }: Pick<SinkContext, 'io' | 'id'>,
  message: MakeMessage,
  labels: (finding: Finding) => Record<string, string>,
): Promise<Receiver> {
  const { url, channel = '', headers, template, buttons } = options;
  const path = `sinks.${id}`;
  if (options.format === 'json' || options.format === 'alertmanager') {
    const { url: address, headers: who } = splitCredentials(url!);
    const place = { url: address, headers: { ...who, ...headers }, message };
    return options.format === 'json' ? jsonReceiver({ ...place, template }) : alertmanager({ ...place, labels });
  }
  if (options.format === 'pagerduty')
    return pagerDuty({ routingKey: (await readSecret(io.files, options.routingKey, options.routingKeyFile, path))!, url, message });
  if (options.format === 'teams') return teams({ url: url!, message });
  const token = await readSecret(io.files, options.token, options.tokenFile, path);
  if (options.format === 'email') return email({ url: url!, password: token, from: options.from!, to: options.to!, message });
  if (options.format === 'ntfy') return ntfy({ url, topic: channel, token, message });
  return token === null ? slackWebhook(url!, { message, buttons }) : slackBot({ token, channel, url, message, buttons });
}
