import { archivedBy, endedWell, functionName, lastPart, namespaceIn, openUnless, sentenceIn, whyStopped } from './awsPlaces.ts';
import type { Sender } from './sender.ts';

const event = (name: string, detailTypes: readonly string[], rest: Omit<Sender, 'name' | 'marks'>): Sender => ({
  name,
  marks: { 'detail-type': detailTypes, detail: true },
  ...rest,
});

/** What Lambda sends to the destination of an asynchronous call, and of a batch of a stream. */
const lambdaResult = (at: string): Omit<Sender, 'name' | 'marks'> => ({
  fields: {
    alert: [functionName(`${at}requestContext.functionArn`)],
    level: [`${at}requestContext.condition`],
    text: [sentenceIn(`${at}responsePayload`), `${at}responseContext.functionError`],
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
      status: ['detail.statusCode', openUnless('detail.endTime')],
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
      level: [archivedBy('detail.service.archived'), 'detail.severity'],
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
      alert: [lastPart('detail.stateMachineArn')],
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
