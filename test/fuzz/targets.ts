import { layer, assignmentLayer, LayerError } from '../../config/layers.ts';
import { CaducusError, CaducusErrors } from '../../src/errors.ts';
import type { JsonObject } from '../../src/event.ts';
import type { Format, FormatItem, Parser, ParserPosition } from '../../src/formats/format.ts';
import { emptyHeader } from '../../src/formats/header/header.ts';
import { peelHeader } from '../../src/formats/header/headerPeel.ts';
import { formats } from '../../src/formats/index.ts';
import { stripAnsi } from '../../src/formats/lines/ansi.ts';
import { StampClock } from '../../src/formats/time/stampClock.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { interpolate } from '../../src/pipeline/interpolate.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { YamlDocument } from '../../src/pipeline/yamlDocument.ts';
import { Redactor } from '../../src/redact/redactor.ts';
import * as fragments from './fragments.ts';
import { attackListener } from './listener.ts';
import { hurtBytes, hurtText, type Random } from './random.ts';

/** Something that takes text from outside. `attack` makes one input and throws when the target breaks its word. */
export interface Target {
  name: string;
  attack(random: Random): void | Promise<void>;
}

const longest = 200;
const reference = Date.UTC(2024, 4, 2);

function demand(holds: boolean, what: string, input: unknown): asserts holds {
  if (!holds) throw new Error(`${what}: ${JSON.stringify(input instanceof Uint8Array ? Buffer.from(input).toString('latin1') : input)}`);
}

/** A parser of a format, with its options read once: a million parsers are made. */
type Make = () => Parser;

function parse(make: Make, bytes: Uint8Array, cut: number): FormatItem[] {
  const parser = make();
  const items: FormatItem[] = [];
  for (let at = 0; at < bytes.length; at += cut) items.push(...parser.push(bytes.slice(at, at + cut)));
  return [...items, ...parser.end()];
}

const autoOptions = formats.auto.options.parse({ maxLineBytes: String(longest) });

/** One input in so many is read a second time, cut in another way, and once more from the middle: that costs as much again. */
const lookedAtTwice = 3;

/** Runs a parser over bytes, some cut in two ways: the same records, in order, each with a place, a time or a reason. */
function parsed(make: Make, random: Random, list: readonly string[]): { bytes: Uint8Array; items: FormatItem[] } {
  const bytes = hurtBytes(random, hurtText(random, list));
  const items = parse(make, bytes, Math.max(1, bytes.length));
  if (random.below(lookedAtTwice) === 0) {
    const pieces = parse(make, bytes, 1 + random.below(40));
    demand(JSON.stringify(items) === JSON.stringify(pieces), 'another cut gives other records', bytes);
  }
  let last = -1;
  for (const item of items) {
    demand(item.offset > last && item.offset < bytes.length && item.line >= 1, 'a place is out of order', bytes);
    last = item.offset;
    if (item.kind === 'draft') demand(Number.isFinite(item.time) && typeof item.text === 'string', 'a record without time or text', bytes);
    else demand(item.reason !== '' && item.original.length <= 4096, 'a refusal without a reason, or without bound', bytes);
  }
  demand(Object.keys(Object.prototype).length === 0, 'Object.prototype was changed', bytes);
  return { bytes, items };
}

/** Lines that are not blank; the mark at the beginning of a file is none. */
function linesIn(bytes: Uint8Array, isBlank = (line: string) => line.trim() === ''): number {
  let count = 0;
  for (let at = 0; at <= bytes.length;) {
    const found = bytes.indexOf(10, at);
    const end = found < 0 ? bytes.length : found;
    const line = bytes.subarray(at, end);
    const utf8 = new TextDecoder('utf-8', { ignoreBOM: true }).decode(line);
    // What is no UTF-8 is read as Windows-1252, which has a blank of its own.
    const text = utf8.includes('\uFFFD') ? new TextDecoder('windows-1252').decode(line) : utf8;
    if (!isBlank(at === 0 ? text.replace(/^\uFEFF/, '') : text)) count += 1;
    at = end + 1;
  }
  return count;
}

function limited(name: 'ndjson' | 'csv' | 'table' | 'lines', more: object = {}): Make {
  const format = formats[name] as Format;
  const options = format.options.parse({ maxLineBytes: String(longest), ...more });
  return () => format.create(options, { reference }, null);
}
const mixed = (from: ParserPosition | null = null): Parser => formats.auto.create(autoOptions, { reference }, from);
const [ndjson, csv, table, lines, single] = [
  limited('ndjson'),
  limited('csv'),
  limited('table'),
  limited('lines'),
  limited('lines', { multiline: false }),
];

/** Only errors of the catalogue, none of them a bug, each at a line that exists. */
function onlyKnownErrors(text: string, work: () => unknown): void {
  try {
    work();
  } catch (error) {
    const all = error instanceof CaducusErrors ? error.errors : [error];
    for (const one of all) {
      demand(
        one instanceof CaducusError && one.code !== 'CAD001',
        `a failure that is not in the catalogue (${one instanceof Error ? (one.stack ?? '').slice(0, 400) : String(one)})`,
        text,
      );
      demand(one.where.line === undefined || one.where.line <= text.split('\n').length + 1, 'an error at a line that is not there', text);
    }
  }
}

const variables = {
  env: { LOG: 'x.log', EMPTY: '', EVIL: '}\n- a: [b]' },
  config: (path: string) => (path === 'data_dir' ? '/d' : undefined),
};

export const targets: readonly Target[] = [
  {
    name: 'ndjson',
    attack(random) {
      const { bytes, items } = parsed(ndjson, random, fragments.ndjson);
      demand(items.length === linesIn(bytes), `${items.length} records of ${linesIn(bytes)} lines`, bytes);
    },
  },
  { name: 'csv', attack: (random) => void parsed(csv, random, fragments.csv) },
  { name: 'table', attack: (random) => void parsed(table, random, fragments.tables) },
  {
    name: 'lines',
    attack(random) {
      if (random.below(2) === 0) return void parsed(lines, random, fragments.lines);
      // Parts of a line that a container's runtime cut are one record, a list is many: lines cannot be counted where there are any.
      const whole = fragments.lines.filter((line) => !/stdout P|"log"|^\[\{/.test(line));
      const { bytes, items } = parsed(single, random, whole);
      // The mark before a text of a sequence (RFC 7464) is no text.
      const written = linesIn(bytes, (line) => /^\u001e*[ \t\r]*$/.test(stripAnsi(line)));
      demand(items.length === written, `${items.length} records of ${written} lines`, bytes);
    },
  },
  {
    name: 'mixture',
    attack(random) {
      const { bytes, items } = parsed(mixed, random, fragments.mixture);
      if (random.below(lookedAtTwice) !== 0) return;
      // Taken up again from any place, the rest is the same.
      const first = mixed();
      const half = random.below(bytes.length + 1);
      const before = first.push(bytes.slice(0, half));
      const position = JSON.parse(JSON.stringify(first.position())) as ParserPosition;
      const second = mixed(position);
      const again = [...before, ...second.push(bytes.slice(position.offset)), ...second.end()];
      demand(JSON.stringify(again) === JSON.stringify(items), 'a restart reads on in another way', bytes);
    },
  },
  {
    name: 'header',
    attack(random) {
      const text = hurtText(random, fragments.lines).replace(/[\r\n]/g, ' ');
      const header = emptyHeader();
      peelHeader(text, 0, new StampClock({ timeZone: 'UTC', dayFirst: false }, reference, null), header);
      demand(header.bodyAt >= 0 && header.bodyAt <= text.length, 'the message begins outside the line', text);
      demand(Number.isNaN(header.time) || Math.abs(header.time) <= 8.64e15, 'a time that no date can hold', text);
    },
  },
  {
    name: 'pipeline',
    attack: (random) => attackYaml(random, fragments.pipeline, (text) => loadPipeline('p.yaml', text, { registry: builtins, variables })),
  },
  {
    name: 'config',
    attack(random) {
      attackYaml(random, fragments.config, (text) => {
        const data = new YamlDocument('c.yml', text).toData();
        if (data === null || typeof data !== 'object' || Array.isArray(data)) return;
        takeLayer(() =>
          layer([{ origin: 'c.yml', values: data as JsonObject }, assignmentLayer('--config', hurtText(random, fragments.config))]),
        );
      });
    },
  },
  {
    name: 'interpolation',
    attack(random) {
      // Half a character has no UTF-8, so no file can hold one.
      const text = hurtText(random, fragments.interpolation).replace(/\p{Cs}/gu, '');
      const yaml = new YamlDocument('i.yaml', `a: ${JSON.stringify(text)}\nb: 1\n`);
      const errors = interpolate(yaml, variables);
      const data = yaml.toData() as { a: unknown; b: unknown };
      demand(typeof data.a === 'string' && data.b === 1 && Object.keys(data).length === 2, 'a value became structure', text);
      demand(
        errors.every((error) => error.code === 'CAD021'),
        'another error than a missing variable',
        text,
      );
      if (!text.includes('{')) demand(data.a === text && errors.length === 0, 'text without a variable was changed', text);
    },
  },
  { name: 'listener', attack: attackListener },
  {
    name: 'redaction',
    attack(random) {
      const text = hurtText(random, [...fragments.lines, ...fragments.ndjson, ...fragments.secrets]);
      const redactor = new Redactor(['secrets', 'emails', 'ips']);
      const once = redactor.text(text);
      demand(redactor.text(once) === once, 'masking what is masked changes it', text);
    },
  },
];

function attackYaml(random: Random, list: readonly string[], work: (text: string) => unknown): void {
  const text = hurtText(random, list);
  onlyKnownErrors(text, () => work(text));
  demand(Object.keys(Object.prototype).length === 0, 'Object.prototype was changed', text);
}

function takeLayer(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof LayerError)) throw error;
  }
}
