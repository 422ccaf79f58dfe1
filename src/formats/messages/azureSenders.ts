import { fieldAt } from '../../../config/scalars.ts';
import type { Sender } from './sender.ts';

/** Alerts about what stands in Azure's activity log are all of one severity: the entry has its own. */
const activityLevel = (json: object): unknown =>
  fieldAt(json, 'data.essentials.signalType') === 'Activity Log' ? fieldAt(json, 'data.alertContext.level') : null;

/** Alerts of Azure in the layouts that metrics and the classic ones have of their own. */
const azureOwn = (at: string): readonly Sender[] => [
  {
    name: 'azure',
    marks: { [`${at}context.name`]: true, [`${at}context.id`]: true, [`${at}status`]: ['Activated', 'Deactivated', 'Fired', 'Resolved'] },
    fields: {
      alert: [`${at}context.name`],
      status: [`${at}status`],
      level: [`${at}context.severity`],
      text: [`${at}context.description`],
      began: [`${at}context.timestamp`],
      fingerprint: [`${at}context.id`],
      group: [`${at}context.resourceName`],
      link: [`${at}context.portalLink`],
    },
    values: { level: { 0: 'FATAL', 1: 'ERROR', 2: 'WARN', 3: 'INFO', 4: 'DEBUG' } },
  },
];

/** What Azure Monitor sends: the schema that all its alerts share, and those that kinds of them have of their own. */
export const azureSenders: readonly Sender[] = [
  {
    name: 'azure',
    marks: { 'data.essentials.monitorCondition': true },
    fields: {
      alert: ['data.essentials.alertRule'],
      status: ['data.essentials.monitorCondition'],
      level: [activityLevel, 'data.essentials.severity'],
      text: ['data.essentials.description', 'data.alertContext.properties.title', 'data.alertContext.annotations.description'],
      began: ['data.essentials.firedDateTime'],
      ended: ['data.essentials.resolvedDateTime'],
      fingerprint: ['data.essentials.alertId', 'data.essentials.originAlertId'],
      group: ['data.essentials.configurationItems.0', 'data.essentials.monitoringService'],
      link: ['data.essentials.investigationLink'],
    },
    values: { level: { Sev0: 'FATAL', Sev1: 'ERROR', Sev2: 'WARN', Sev3: 'INFO', Sev4: 'DEBUG' } },
  },
  ...azureOwn('data.'),
  ...azureOwn(''),
  {
    name: 'azure',
    marks: { 'data.AlertRuleName': true, 'data.SearchQuery': true },
    fields: {
      alert: ['data.AlertRuleName'],
      level: ['data.Severity'],
      text: ['data.Description', 'data.SearchQuery'],
      began: ['data.SearchIntervalEndtimeUtc'],
      group: ['data.ResourceId', 'data.WorkspaceId'],
      link: ['data.LinkToSearchResults'],
    },
  },
];
