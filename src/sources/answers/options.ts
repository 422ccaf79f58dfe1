import { z } from 'zod';
import { duration } from '../../../config/scalars.ts';
import { listenAddress } from '../listenAddress.ts';
import { sourceOptions } from '../source.ts';

const secret = z.string().min(8);
const address = listenAddress('127.0.0.1:8687');

export const answersOptions = z
  .strictObject({
    ...sourceOptions,
    listen: address.default('127.0.0.1:8687').describe('Address and port for PagerDuty and Slack; every request must be signed.'),
    pagerduty: z
      .strictObject({
        secret: secret.optional().describe('Secret of the webhook subscription (v3).'),
        secretFile: z.string().min(1).optional().describe('File with the secret, in place of secret.'),
      })
      .optional()
      .describe('PagerDuty posts to /pagerduty.'),
    slack: z
      .strictObject({
        signingSecret: secret.optional().describe('Signing secret of the app.'),
        signingSecretFile: z.string().min(1).optional().describe('File with the secret, in place of signing_secret.'),
      })
      .optional()
      .describe('Slack posts clicks on buttons to /slack (interactivity of the app).'),
    alertmanager: z
      .strictObject({
        url: z.url({ protocol: /^https?$/ }).describe('Address of Alertmanager.'),
        headers: z.record(z.string(), z.string()).default({}).describe('Further headers, such as Authorization.'),
        every: duration.prefault('15s').describe('How often its silences are looked at.'),
        send: z.boolean().default(true).describe('Whether silences that are made here become silences there.'),
      })
      .optional()
      .describe('Silences of Alertmanager, both ways.'),
  })
  .superRefine(({ pagerduty, slack, alertmanager }, context) => {
    const fail = (message: string) => context.addIssue({ code: 'custom', message });
    if (!pagerduty && !slack && !alertmanager) fail('names neither pagerduty, slack nor alertmanager');
    if (pagerduty && (pagerduty.secret === undefined) === (pagerduty.secretFile === undefined))
      fail('pagerduty needs one of secret and secret_file');
    if (slack && (slack.signingSecret === undefined) === (slack.signingSecretFile === undefined))
      fail('slack needs one of signing_secret and signing_secret_file');
  });

export type AnswersOptions = z.output<typeof answersOptions>;
