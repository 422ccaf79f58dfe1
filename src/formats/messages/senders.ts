import { azureSenders } from './azureSenders.ts';
import type { Sender } from './sender.ts';

const datadog: Sender['fields'] = {
  alert: ['alert_title', 'title'],
  subject: ['host', 'hostname', 'host_name', 'scope'],
  level: ['alert_priority', 'priority', 'alert_type'],
  text: ['body', 'text_only_msg', 'title'],
  began: ['date', 'last_updated'],
  // Monitor and event have ids too, but that of a monitor is the same for all that it watches.
  fingerprint: ['alert_cycle_key', 'aggreg_key'],
  group: ['service', 'org.name'],
  link: ['link', 'url'],
  labels: ['tags', 'alert_scope'],
};

/**
 * Where senders of alerts put what they say, after their public descriptions of webhooks. How something stands and how bad
 * it is are words that `readStatus` and `readSeverity` know of everybody; `values` holds only what a sender means otherwise.
 */
export const senders: readonly Sender[] = [
  {
    name: 'grafana',
    marks: { ruleName: true, ruleId: true, state: true },
    fields: {
      alert: ['ruleName'],
      status: ['state'],
      text: ['message', 'title'],
      fingerprint: ['ruleId'],
      link: ['ruleUrl'],
      labels: ['tags'],
    },
  },
  {
    name: 'grafana',
    marks: { 'alert_group.id': true, 'alert_group.state': true, 'event.type': true },
    fields: {
      alert: ['alert_group.title'],
      status: ['alert_group.state'],
      began: ['alert_group.created_at'],
      ended: ['alert_group.resolved_at'],
      fingerprint: ['alert_group.id'],
      group: ['integration.name'],
      link: ['alert_group.permalinks.web'],
      labels: ['alert_group.labels', 'alert_payload.commonLabels'],
    },
  },
  {
    name: 'datadog',
    marks: { alert_transition: true },
    fields: { ...datadog, status: ['alert_transition', 'alert_type'] },
    // What is called priority is that of an event, unless it is a monitor's.
    values: { level: { normal: null, low: null } },
  },
  {
    // What it sends where nobody wrote a payload: how it stands is in the title alone.
    name: 'datadog',
    marks: { last_updated: true, event_type: true, 'org.id': true, title: true },
    fields: { ...datadog, status: [] },
  },
  {
    name: 'pagerduty',
    marks: { 'event.event_type': true, 'event.data': true },
    fields: {
      alert: ['event.data.title', 'event.data.incident.summary', 'event.data.summary', 'event.data.message'],
      status: ['event.event_type', 'event.data.status'],
      level: ['event.data.priority.summary', 'event.data.urgency'],
      text: ['event.data.content', 'event.data.message'],
      began: ['event.occurred_at'],
      fingerprint: ['event.data.incident.id', 'event.data.id'],
      group: ['event.data.service.summary'],
      link: ['event.data.html_url', 'event.data.incident.html_url'],
    },
  },
  {
    // What is sent to PagerDuty's Events API: an end brings nothing but its key.
    name: 'pagerduty',
    marks: { event_action: ['trigger', 'acknowledge', 'resolve'], routing_key: true },
    fields: {
      alert: ['dedup_key', 'payload.summary'],
      status: ['event_action'],
      level: ['payload.severity'],
      text: ['payload.summary'],
      began: ['payload.timestamp'],
      fingerprint: ['dedup_key'],
      link: ['client_url'],
    },
  },
  {
    name: 'opsgenie',
    marks: { 'alert.alertId': true, action: true },
    fields: {
      alert: ['alert.message'],
      subject: ['alert.entity'],
      status: ['action'],
      level: ['alert.priority'],
      text: ['alert.note', 'alert.description'],
      began: ['alert.updatedAt', 'alert.createdAt'],
      fingerprint: ['alert.alertId'],
      group: ['integrationName'],
      labels: ['alert.details'],
    },
  },
  ...azureSenders,
  {
    name: 'gcp',
    marks: { 'incident.incident_id': true, 'incident.state': true },
    fields: {
      alert: ['incident.policy_name', 'incident.condition_name'],
      subject: ['incident.resource_display_name', 'incident.resource_name'],
      status: ['incident.state'],
      level: ['incident.severity'],
      text: ['incident.summary'],
      began: ['incident.started_at'],
      ended: ['incident.ended_at'],
      fingerprint: ['incident.incident_id'],
      group: ['incident.scoping_project_id'],
      link: ['incident.url'],
      labels: ['incident.policy_user_labels', 'incident.resource.labels'],
    },
  },
  {
    name: 'uptime-kuma',
    marks: { 'heartbeat.status': true, 'monitor.name': true },
    fields: {
      alert: ['monitor.name'],
      status: ['heartbeat.status'],
      text: ['heartbeat.msg', 'msg'],
      began: ['heartbeat.time'],
      fingerprint: ['monitor.id'],
      group: ['monitor.name'],
      link: ['monitor.url'],
    },
    values: { status: { 0: 'firing', 1: 'resolved', 2: 'no data', 3: 'no data' } },
  },
  {
    // Beside what is up or down it warns of certificates that end.
    name: 'uptime-kuma',
    marks: { 'monitor.name': true, 'monitor.id': true, msg: true },
    fields: { alert: ['monitor.name'], level: [() => 'warning'], text: ['msg'], group: ['monitor.name'], link: ['monitor.url'] },
  },
  {
    name: 'sentry',
    marks: { 'data.event.event_id': true, action: true },
    fields: {
      alert: ['data.event.title', 'data.event.message'],
      level: ['data.event.level'],
      text: ['data.triggered_rule'],
      began: ['data.event.datetime', 'data.event.timestamp'],
      fingerprint: ['data.event.issue_id', 'data.event.event_id'],
      group: ['data.event.project_name', 'data.event.project'],
      link: ['data.event.web_url'],
    },
  },
  {
    name: 'sentry',
    marks: { 'data.issue.title': true, action: true },
    fields: {
      alert: ['data.issue.title'],
      status: ['action', 'data.issue.status'],
      level: ['data.issue.level'],
      text: ['data.issue.culprit'],
      began: ['data.issue.lastSeen', 'data.issue.firstSeen'],
      fingerprint: ['data.issue.id'],
      group: ['data.issue.project.slug'],
      link: ['data.issue.web_url', 'data.issue.permalink'],
    },
  },
  {
    name: 'github',
    marks: { 'workflow_run.name': true, 'repository.full_name': true },
    fields: {
      alert: ['workflow_run.name'],
      subject: ['workflow_run.head_branch'],
      outcome: ['workflow_run.conclusion', 'action'],
      began: ['workflow_run.updated_at'],
      fingerprint: ['workflow_run.id'],
      group: ['repository.full_name'],
      link: ['workflow_run.html_url'],
    },
  },
  {
    name: 'kubernetes',
    marks: { 'involvedObject.kind': true, reason: true, type: ['Normal', 'Warning'] },
    fields: {
      alert: ['reason'],
      subject: ['involvedObject.name'],
      level: ['type'],
      text: ['message'],
      began: ['series.lastObservedTime', 'lastTimestamp', 'eventTime', 'firstTimestamp', 'metadata.creationTimestamp'],
      fingerprint: ['metadata.uid'],
      group: ['involvedObject.namespace', 'source.component'],
    },
    values: { level: { Normal: 'INFO', Warning: 'WARN' } },
  },
  {
    name: 'kubernetes',
    marks: { 'regarding.kind': true, reason: true, type: ['Normal', 'Warning'] },
    fields: {
      alert: ['reason'],
      subject: ['regarding.name'],
      level: ['type'],
      text: ['note'],
      began: ['series.lastObservedTime', 'deprecatedLastTimestamp', 'eventTime', 'metadata.creationTimestamp'],
      fingerprint: ['metadata.uid'],
      group: ['regarding.namespace', 'reportingController'],
    },
    values: { level: { Normal: 'INFO', Warning: 'WARN' } },
  },
];
