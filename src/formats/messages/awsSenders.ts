import type { Sender } from './sender.ts';

const event = (name: string, detailTypes: readonly string[], rest: Omit<Sender, 'name' | 'marks'>): Sender => ({
  name,
  marks: { 'detail-type': detailTypes, detail: true },
  ...rest,
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
      group: ['Trigger.Namespace'],
    },
  },
  event('cloudwatch-alarm', ['CloudWatch Alarm State Change'], {
    fields: {
      alert: ['detail.alarmName'],
      status: ['detail.state.value'],
      text: ['detail.state.reason', 'detail.configuration.description'],
      began: ['detail.state.timestamp', 'time'],
      fingerprint: ['resources.0', 'detail.alarmName'],
      group: ['detail.configuration.metrics.0.metricStat.metric.namespace', 'account'],
    },
  }),
  event('aws-health', ['AWS Health Event', 'AWS Health Abuse Event'], {
    fields: {
      alert: ['detail.eventTypeCode'],
      subject: ['detail.eventRegion', 'region'],
      status: ['detail.statusCode'],
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
      level: ['detail.severity'],
      text: ['detail.title', 'detail.description'],
      began: ['detail.updatedAt', 'detail.createdAt', 'time'],
      fingerprint: ['detail.id'],
      group: ['detail.accountId'],
    },
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
      level: ['detail.stopCode'],
      text: ['detail.stoppedReason', 'detail.containers.0.reason'],
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
      alert: ['detail.name'],
      outcome: ['detail.status'],
      text: ['detail.cause', 'detail.error'],
      began: ['detail.stopDate', 'detail.startDate', 'time'],
      fingerprint: ['detail.executionArn'],
      group: ['detail.stateMachineArn'],
    },
  }),
];
