import { fieldAt } from '../../../config/scalars.ts';
import { isObject } from '../../base/isObject.ts';
import { findSentence } from './namedEvent.ts';
import { readText } from './message.ts';
import type { MessagePlace, Sender } from './sender.ts';

const event = (name: string, detailTypes: readonly string[], rest: Omit<Sender, 'name' | 'marks'>): Sender => ({
  name,
  marks: { 'detail-type': detailTypes, detail: true },
  ...rest,
});

const listAt = (json: object, path: string): readonly object[] => {
  const list = fieldAt(json, path);
  return Array.isArray(list) ? list.filter(isObject) : [];
};

/** The namespace of the first metric of an alarm that is one, and no calculation. */
const namespaceIn =
  (list: string, path: string): MessagePlace =>
  (json) =>
    listAt(json, list)
      .map((metric) => fieldAt(metric, path))
      .find((name) => typeof name === 'string');

/** A task whose containers all ended well did what it was for. */
const endedWell = (json: object): unknown => {
  const codes = listAt(json, 'detail.containers').map((container) => fieldAt(container, 'exitCode'));
  return fieldAt(json, 'detail.lastStatus') === 'STOPPED' && codes.length > 0 && codes.every((code) => code === 0) ? 'success' : null;
};

/** Why a task stopped, and which of its containers did: `Essential container in task exited: web exited with 137, OutOfMemoryError` */
const whyStopped = (json: object): string | null => {
  const reason = readText(fieldAt(json, 'detail.stoppedReason'));
  const failed = listAt(json, 'detail.containers').find(
    (container) => ![0, undefined, null].includes(fieldAt(container, 'exitCode') as number) || fieldAt(container, 'reason') !== undefined,
  );
  if (failed === undefined) return reason;
  const code = readText(fieldAt(failed, 'exitCode'));
  const what = [code === null ? null : `exited with ${code}`, readText(fieldAt(failed, 'reason'))].filter(Boolean).join(', ');
  return [reason, `${readText(fieldAt(failed, 'name')) ?? 'container'} ${what}`].filter(Boolean).join(': ');
};

/** The last part of a name of AWS: `nightly` of `arn:aws:states:eu-west-1:1:stateMachine:nightly`. */
const lastOf =
  (path: string): MessagePlace =>
  (json) =>
    readText(fieldAt(json, path))?.split(/[:/]/).at(-1);

/** `orders` of `arn:aws:lambda:eu-west-1:1:function:orders:$LATEST`. */
const functionName =
  (path: string): MessagePlace =>
  (json) =>
    /:function:([^:]+)/.exec(readText(fieldAt(json, path)) ?? '')?.[1];

/** What Lambda sends to the destination of an asynchronous call, and of a batch of a stream. */
const lambdaResult = (at: string): Omit<Sender, 'name' | 'marks'> => ({
  fields: {
    alert: [functionName(`${at}requestContext.functionArn`)],
    level: [`${at}requestContext.condition`],
    text: [
      (json) => {
        const response = fieldAt(json, `${at}responsePayload`);
        return isObject(response) ? findSentence(response) : null;
      },
      `${at}responseContext.functionError`,
    ],
    began: [`${at}timestamp`],
    fingerprint: [`${at}requestContext.requestId`],
    group: [functionName(`${at}requestContext.functionArn`)],
  },
  // Any other condition is a reason to give up.
  values: { level: { Success: 'INFO', RetriesExhausted: 'ERROR', EventAgeExceeded: 'ERROR', RetryAttemptsExhausted: 'ERROR' } },
});

/**
 * What services of AWS say, as it stands in the message: the same through SNS, EventBridge or a queue. The shapes are
 * those of the event references of each service.
 */
export const awsSenders: readonly Sender[] = [
  {
    name: 'cloudwatch-alarm',
    marks: { AlarmName: true, NewStateValue: ['OK', 'ALARM', 'INSUFFICIENT_DATA'] },
    fields: {
      alert: ['AlarmName'],
      status: ['NewStateValue'],
      text: ['NewStateReason'],
      began: ['StateChangeTime'],
      fingerprint: ['AlarmArn'],
      group: ['Trigger.Namespace', namespaceIn('Trigger.Metrics', 'MetricStat.Metric.Namespace')],
    },
  },
  event('cloudwatch-alarm', ['CloudWatch Alarm State Change'], {
    fields: {
      alert: ['detail.alarmName'],
      status: ['detail.state.value'],
      text: ['detail.state.reason', 'detail.configuration.description'],
      began: ['detail.state.timestamp', 'time'],
      fingerprint: ['resources.0', 'detail.alarmName'],
      group: [namespaceIn('detail.configuration.metrics', 'metricStat.metric.namespace'), 'account'],
    },
  }),
  event('aws-health', ['AWS Health Event', 'AWS Health Abuse Event'], {
    fields: {
      alert: ['detail.eventTypeCode'],
      subject: ['detail.eventRegion', 'region'],
      // Older ones say it by their end alone.
      status: ['detail.statusCode', (json) => (fieldAt(json, 'detail.endTime') === undefined ? 'open' : 'closed')],
      level: ['detail.eventTypeCategory'],
      text: ['detail.eventDescription.0.latestDescription'],
      began: ['detail.startTime', 'time'],
      ended: ['detail.endTime', 'detail.lastUpdatedTime'],
      fingerprint: ['detail.eventArn'],
      group: ['detail.service'],
    },
    values: {
      level: { issue: 'ERROR', accountNotification: 'INFO', scheduledChange: 'WARN', investigation: 'WARN' },
      status: { upcoming: 'no data' },
    },
  }),
  event('guardduty', ['GuardDuty Finding'], {
    fields: {
      alert: ['detail.type'],
      level: [(json) => (fieldAt(json, 'detail.service.archived') === true ? 'archived' : null), 'detail.severity'],
      text: ['detail.title', 'detail.description'],
      began: ['detail.updatedAt', 'detail.createdAt', 'time'],
      fingerprint: ['detail.id'],
      group: ['detail.accountId'],
    },
    values: { level: { archived: 'INFO' } },
    // https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html
    levelsFrom: [
      [9, 'FATAL'],
      [7, 'ERROR'],
      [4, 'WARN'],
      [0, 'INFO'],
    ],
  }),
  event('ecs', ['ECS Task State Change'], {
    fields: {
      alert: ['detail.group', 'detail.taskDefinitionArn'],
      subject: ['detail.lastStatus'],
      level: [endedWell, 'detail.stopCode'],
      text: [whyStopped],
      began: ['detail.updatedAt', 'time'],
      fingerprint: ['detail.taskArn'],
      group: ['detail.group'],
    },
    values: {
      level: {
        TaskFailedToStart: 'ERROR',
        EssentialContainerExited: 'ERROR',
        SpotInterruption: 'WARN',
        TerminationNotice: 'WARN',
        UserInitiated: 'INFO',
        ServiceSchedulerInitiated: 'INFO',
      },
    },
  }),
  event('ecs', ['ECS Service Action', 'ECS Deployment State Change'], {
    fields: {
      alert: ['detail.eventName'],
      level: ['detail.eventType'],
      text: ['detail.reason'],
      began: ['detail.updatedAt', 'detail.createdAt', 'time'],
      fingerprint: ['detail.deploymentId', 'resources.0'],
      group: ['resources.0'],
    },
  }),
  event('step-functions', ['Step Functions Execution Status Change'], {
    fields: {
      alert: [lastOf('detail.stateMachineArn')],
      subject: ['detail.name'],
      outcome: ['detail.status'],
      text: ['detail.cause', 'detail.error'],
      began: ['detail.stopDate', 'detail.startDate', 'time'],
      fingerprint: ['detail.executionArn'],
      group: ['detail.stateMachineArn'],
    },
  }),
  event('lambda', ['Lambda Function Invocation Result - Failure', 'Lambda Function Invocation Result - Success'], lambdaResult('detail.')),
  {
    name: 'lambda',
    marks: { 'requestContext.functionArn': true, 'requestContext.condition': true },
    ...lambdaResult(''),
  },
  event('security-hub', ['Security Hub Findings - Imported'], {
    fields: {
      alert: ['detail.findings.0.Title'],
      level: ['detail.findings.0.Severity.Label'],
      text: ['detail.findings.0.Description'],
      began: ['detail.findings.0.UpdatedAt', 'time'],
      fingerprint: ['detail.findings.0.Id'],
      group: ['account'],
    },
  }),
];
