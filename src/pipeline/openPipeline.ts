import { isMap } from 'yaml';
import { nearestWord } from '../base/text/didYouMean.ts';
import { CaducusError, CaducusErrors, type Where } from '../errors.ts';
import { keyText, YamlDocument } from './yamlDocument.ts';

/** What a file has to say of itself, slips of the pen allowed, to be taken for a pipeline: then its mistakes are told one by one. */
const parts = ['name', 'sources', 'operators', 'sinks'];
const anyPart = new RegExp(`^["']?(?:${parts.join('|')})\\b`, 'm');

/**
 * Opens a pipeline file. Throws CaducusErrors: CAD012 where it does not parse; where it is something else altogether (a log,
 * YAML of another program) one error, CAD012 or CAD015, that says so.
 */
export function openPipeline(file: string, text: string): YamlDocument {
  const yaml = parse(file, text);
  const { contents } = yaml.document;
  const keys = isMap(contents) ? contents.items.map(keyText) : [];
  if (keys.some((key) => nearestWord(key, parts) !== null)) return yaml;
  const why = text.trim() === '' ? 'it is empty' : `it has no ${parts.join(', ')}`;
  const hint = isMap(contents) || text.trim() === '' ? 'caducus init LOG > radar.yaml writes one for a log.' : hintAsLog(file);
  throw noPipeline('CAD015', yaml.whereIs([]), why, hint);
}

function parse(file: string, text: string): YamlDocument {
  try {
    return new YamlDocument(file, text);
  } catch (error) {
    if (!(error instanceof CaducusErrors) || anyPart.test(text)) throw error;
    const { where, what } = error.errors[0]!;
    throw noPipeline('CAD012', where, what, hintAsLog(file));
  }
}

const hintAsLog = (file: string): string => `If it is a log: caducus radar ${file}, or caducus init ${file} > radar.yaml`;

const noPipeline = (code: 'CAD012' | 'CAD015', where: Where, why: string, hint: string): CaducusErrors =>
  new CaducusErrors([new CaducusError(code, where, `this is no pipeline file: ${why}`, { hint })]);
