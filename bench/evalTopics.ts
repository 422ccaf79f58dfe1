import { parseArgs } from 'node:util';
import { cacheFolder } from '../src/embedders/cacheFolder.ts';
import type { Embedder } from '../src/embedders/embedder.ts';
import {
  areaUnderCurve,
  bestThreshold,
  judgeAt,
  parsePairs,
  type Pair,
  type ScoredPair,
  type Verdict,
} from '../src/embedders/evaluatePairs.ts';
import { openEmbedder } from '../src/embedders/openEmbedder.ts';
import { CaducusError } from '../src/errors.ts';
import { nodeIo } from '../src/io.ts';
import { cosine } from '../src/memory/text/lexical.ts';
import { extractMeaning } from '../src/memory/text/meaning.ts';
import { contradict, eventSimilarity } from '../src/memory/text/sameEvent.ts';
import { sayWhatLacks } from './support/data/lackingData.ts';

const LEXICAL = 'lexical';

const usage = `Usage: npm run eval:topics -- <pairs.tsv> [--natural FILE] [--embedder NAME] [--options JSON] [--threshold X] [--json]

Says how well an embedder tells apart what means the same: by hard pairs (those that are not the same share words), by
natural ones (what programs say, in two wordings), and against unrelated texts. AUCs are of the likeness that memory uses. A line of pairs.tsv holds two texts and 0 or 1,
separated by tabs; fixtures/pairs.tsv is one such file.

  --natural FILE     natural pairs (fixtures/naturalPairs.tsv)
  --embedder NAME    lexical (default), universal-sentence-encoder or http
  --options JSON     its options, in camelCase: '{"url": "http://localhost:11434/v1", "model": "all-minilm"}'
  --threshold X      cosine to judge at instead of the embedder's own
  --json             print the figures as JSON`;

/** Whether memory compares the two by that embedder: never what contradicts each other, lexically only the same concepts. */
const comparedBy =
  (embedder: string) =>
  ({ a, b }: Pair): boolean => {
    const [one, other] = [extractMeaning(a), extractMeaning(b)];
    if (contradict(one, other)) return false;
    return embedder !== LEXICAL || (one.concepts !== '' && one.concepts === other.concepts);
  };

/** How alike two texts are to memory: the cosine; lexically with what outcomes say; -1 where they contradict each other. */
const likenessBy =
  (embedder: string) =>
  ({ a, b, cosine: similar }: ScoredPair): number => {
    if (embedder === LEXICAL) return eventSimilarity(a, b);
    return contradict(extractMeaning(a), extractMeaning(b)) ? -1 : similar;
  };

interface Scored {
  pairs: ScoredPair[];
  /** Pairs of the same event, and each first text of one with the second text of every other: pairs that have nothing to do with each other. */
  unrelated: ScoredPair[];
}

async function score(pairs: readonly Pair[], embedder: Embedder): Promise<Scored> {
  const texts = pairs.flatMap(({ a, b }) => [a, b]);
  const { vectors, fallback } = await embedder.embed(texts);
  if (fallback.includes(true)) throw new CaducusError('CAD084', { path: embedder.name }, 'it did not answer for every text');
  const scored = pairs.map((pair, at) => ({ ...pair, first: vectors[2 * at]!, second: vectors[2 * at + 1]!, cosine: 0 }));
  for (const pair of scored) pair.cosine = cosine(pair.first, pair.second);
  const same = scored.filter((pair) => pair.same);
  const unrelated = same.flatMap((one) =>
    same.map((other) => ({ a: one.a, b: other.b, same: one === other, cosine: cosine(one.first, other.second) })),
  );
  return { pairs: scored, unrelated };
}

const percent = (share: number | null) => (share === null ? '   -' : `${(share * 100).toFixed(1)} %`).padStart(8);
const line = (title: string, { threshold, precision, recall, f1 }: Verdict) =>
  `  ${title.padEnd(30)} ${threshold.toFixed(3).padStart(6)} ${percent(precision)} ${percent(recall)} ${f1.toFixed(3).padStart(6)}`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      natural: { type: 'string', default: 'fixtures/naturalPairs.tsv' },
      embedder: { type: 'string', default: LEXICAL },
      options: { type: 'string', default: '{}' },
      threshold: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || positionals.length !== 1) {
    process.exitCode = values.help ? 0 : 64;
    return console.log(usage);
  }
  const io = nodeIo();
  const embedder = await openEmbedder(values.embedder, JSON.parse(values.options), { io, cacheDir: cacheFolder(io.env) });
  try {
    const threshold = values.threshold === undefined ? embedder.similarityThreshold : Number(values.threshold);
    const may = comparedBy(embedder.name);
    const like = likenessBy(embedder.name);
    const figures = async (file: string) => {
      const { pairs: scored, unrelated } = await score(parsePairs(await io.files.readText(file)), embedder);
      const alike = (list: readonly ScoredPair[]) => list.map((pair) => ({ ...pair, cosine: like(pair) }));
      const same = scored.filter((pair) => pair.same);
      return {
        pairs: scored.length,
        same: same.length,
        auc: areaUnderCurve(alike(scored)),
        auc_unrelated: areaUnderCurve(alike(unrelated)),
        compared: { same: same.filter(may).length, different: scored.filter((pair) => !pair.same && may(pair)).length },
        at: judgeAt(scored, threshold),
        best: bestThreshold(scored),
      };
    };
    const hard = await figures(positionals[0]!);
    const natural = await figures(values.natural);
    const { model, name } = embedder;
    if (values.json) {
      const auc = { auc_hard: hard.auc, auc_natural: natural.auc, auc_unrelated: natural.auc_unrelated };
      return console.log(JSON.stringify({ embedder: name, model, ...auc, hard, natural }));
    }
    console.log(`${name} (${model})`);
    for (const [title, of] of [
      ['hard', hard],
      ['natural', natural],
    ] as const)
      console.log(`${title}: ${of.pairs} pairs, ${of.same} of the same event
  AUC ${of.auc?.toFixed(3) ?? '-'}; against unrelated texts ${of.auc_unrelated?.toFixed(3) ?? '-'}
  memory may fold ${of.compared.same} of the same event, ${of.compared.different} of different ones
  judged by                      cosine precision   recall     F1
${line('cosine alone', of.at)}
${line('cosine alone, best F1', of.best)}`);
  } finally {
    await embedder.close();
  }
}

sayWhatLacks();
await main();
