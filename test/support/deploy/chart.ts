import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { renderTemplates } from './renderTemplate.ts';

type Values = Record<string, unknown>;

/** The chart, and what a release of it is called here. */
export const chart = 'deploy/chart';
export const release = { Name: 'radar', Namespace: 'ops', Service: 'Helm' };

/** Secrets that a release cannot do without. */
export const secret = { token: 'what-senders-say', metricsToken: 'what-prometheus-says', httpToken: 'what-people-type' };

const isObject = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);
const merge = (below: Values, above: Values): Values => ({
  ...below,
  ...Object.fromEntries(
    Object.entries(above).map(([key, value]) => [key, isObject(below[key]) && isObject(value) ? merge(below[key], value) : value]),
  ),
});

/** The chart's own values, with others on top. */
export const valuesWith = (above: Values): Values => merge(parse(readFileSync(join(chart, 'values.yaml'), 'utf8')) as Values, above);

/** The text of each template under these values, as Helm gives it. */
export function renderChart(above: Values): Record<string, string> {
  const { version, appVersion } = parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8')) as { version: string; appVersion: string };
  const names = readdirSync(join(chart, 'templates')).toSorted();
  return renderTemplates(
    Object.fromEntries(names.map((name) => [name, readFileSync(join(chart, 'templates', name), 'utf8')])),
    { Values: valuesWith(above), Release: release, Chart: { Name: 'caducus', Version: version, AppVersion: appVersion } },
    (name) => readFileSync(join(chart, name), 'utf8'),
  );
}

/** An object of Kubernetes. */
export type Manifest = { apiVersion: string; kind: string; metadata: { name: string } & Values } & Values;

/** The objects that a release consists of. Throws where a template gives no YAML. */
export function readManifests(rendered: Readonly<Record<string, string>>): Manifest[] {
  return Object.entries(rendered)
    .filter(([name]) => name.endsWith('.yaml'))
    .flatMap(([name, text]) =>
      parseAllDocuments(text).flatMap((document) => {
        const [error] = document.errors;
        if (error) throw new Error(`${name}: ${error.message}`);
        const data = document.toJS() as Manifest | null;
        return data === null ? [] : [data];
      }),
    );
}
