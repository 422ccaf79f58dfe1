import { basename } from 'node:path';
import type { FormatOption } from '../../formats/index.ts';
import { toSnakeCase } from '../../pipeline/keyCase.ts';
import { duration } from '../../views/text/duration.ts';

/** What a pipeline file is written from. */
export interface PipelineInput {
  /** The file, or `-`. */
  path: string;
  /** How it is read, in a sentence. */
  read: string;
  format: FormatOption | undefined;
  /** What makes a group. */
  by: string;
  /** Length of a window, milliseconds. */
  window: number;
}

/** New patterns do not fire for so many windows. */
const warmupWindows = 6;

/** A pipeline file that reads an input as the radar does, as YAML. */
export function pipelineText({ path, read, format, by, window }: PipelineInput): string {
  const piped = path === '-';
  const length = duration(window).replaceAll(' ', '');
  const warmup = duration(window * warmupWindows);
  const name = pipelineName(path);
  const source = piped
    ? `{ stdin: {${formatPart(format, ' ')}} }`
    : `{ file: { path: ${scalar(`\${LOG:-${path}}`, path)}${formatPart(format, ', ')} } }`;
  return `# ${comment(piped ? 'Standard input' : path)}.  ${read}
# caducus validate radar.yaml      caducus run radar.yaml${piped ? '' : '      caducus run radar.yaml --follow'}
name: ${name}
sources:
  log: ${source}
operators:
  - group_by: { key: ${JSON.stringify(by)} }
  - memory: { window: ${length}, warmup: ${warmup} }
  - rank: { top: 8 }
  - rules:
      - { name: new-error, when: { state: new, min_level: error }, severity: critical }
      - { name: went-quiet, when: { no_data: true }, for: ${warmup}, severity: warning }
sinks:
  screen: { console: { view: radar, only: last } }
  store: { segments: { retention: { max_age: 14d, max_bytes: 1GiB } } }
${testText(by, length)}`;
}

/** A test of the rule that matters most: calm windows past the warm-up, then an error. Of a group that a template makes there is none. */
function testText(by: string, window: string): string {
  if (!/^\w+$/.test(by)) return '';
  const group = by === 'group_id' ? '' : `, ${by}: one`;
  const calm = 'a'.repeat(warmupWindows + 4);
  return `tests:
  - name: an error that was never seen before fires
    frame: ${window}
    feed:
      log:
        marbles: "${calm}baa|"
        values: { a: { text: all is well${group} }, b: { text: disk failed, level: ERROR${group} } }
    expect:
      - { from: rules.findings, match: { rule: new-error, state: firing, title: /disk failed/i } }
`;
}

/** A name as pipelines have them, from that of the file. */
function pipelineName(path: string): string {
  const plain = basename(path)
    .toLowerCase()
    .replace(/\.(?:gz|log|txt|json|jsonl|ndjson|csv)(?=\.|$)/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return (/^[a-z]/.test(plain) ? plain : `radar${plain === '' ? '' : `-${plain}`}`).slice(0, 64);
}

/** The path can be set from outside, unless what stands in it would end the reference. */
const scalar = (reference: string, path: string): string =>
  JSON.stringify(/[{}$]/.test(path) ? path.replaceAll('${', () => '$${') : reference);

function formatPart(format: FormatOption | undefined, before: string): string {
  if (format === undefined) return '';
  const after = before === ' ' ? ' ' : '';
  if (typeof format === 'string') return `${before}format: ${format}${after}`;
  return `${before}format: ${flow(format)}${after}`;
}

/** A value in YAML's flow style, its keys as a pipeline file has them. */
function flow(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [`${toSnakeCase(key)}: ${flow(inner)}`]));
  return `{ ${pairs.join(', ')} }`;
}

/** A comment is one line, whatever a file is called. */
const comment = (text: string): string => text.replaceAll(/[\p{Cc}]/gu, '?');
