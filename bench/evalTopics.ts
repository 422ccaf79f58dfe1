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
import { contentWords, outcomeKey } from '../src/memory/text/contentWords.ts';
import { cosine } from '../src/memory/text/lexical.ts';
import { tellOpposites } from '../src/memory/text/opposites.ts';

const usage = `Usage: npm run eval:topics -- <pairs.tsv> [--embedder NAME] [--options JSON] [--threshold X] [--json]

Says how well an embedder tells apart what means the same. A line of pairs.tsv holds two texts and 0 or 1,
separated by tabs; fixtures/pairs.tsv is one such file.

  --embedder NAME    lexical (default), universal-sentence-encoder or http
  --options JSON     its options, in camelCase: '{"url": "http://localhost:11434/v1", "model": "all-minilm"}'
  --threshold X      cosine to judge at instead of the embedder's own
  --json             print the figures as JSON`;

/** Whether memory compares the two by that embedder: lexically with words and outcome in common, else unless they tell opposites. */
const comparedBy =
  (embedder: string) =>
  ({ a, b }: Pair): boolean => {
    if (embedder !== 'lexical') return !tellOpposites(outcomeKey(a), outcomeKey(b));
    const words = new Set(contentWords(a));
    return outcomeKey(a) === outcomeKey(b) && contentWords(b).filter((word) => words.has(word)).length >= 2;
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
      embedder: { type: 'string', default: 'lexical' },
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
  const pairs = parsePairs(await io.files.readText(positionals[0]!));
  const embedder = await openEmbedder(values.embedder, JSON.parse(values.options), { io, cacheDir: cacheFolder(io.env) });
  try {
    const { pairs: scored, unrelated } = await score(pairs, embedder);
    const threshold = values.threshold === undefined ? embedder.similarityThreshold : Number(values.threshold);
    const auc = areaUnderCurve(scored);
    const aucUnrelated = areaUnderCurve(unrelated);
    const at = judgeAt(scored, threshold);
    const best = bestThreshold(scored);
    const may = comparedBy(embedder.name);
    const inMemory = judgeAt(scored, threshold, may);
    const bestInMemory = bestThreshold(scored, may);
    const same = pairs.filter((pair) => pair.same).length;
    const { model, name } = embedder;
    if (values.json) {
      return console.log(
        JSON.stringify({
          embedder: name,
          model,
          pairs: pairs.length,
          same,
          auc,
          auc_unrelated: aucUnrelated,
          at,
          best,
          in_memory: inMemory,
          best_in_memory: bestInMemory,
        }),
      );
    }
    console.log(`${name} (${model}): ${pairs.length} pairs, ${same} of the same event
  AUC ${auc?.toFixed(3) ?? '-'}; against unrelated texts ${aucUnrelated?.toFixed(3) ?? '-'}
  judged by                      cosine precision   recall     F1
${line('cosine', at)}
${line('cosine, best F1', best)}
${line('as memory compares', inMemory)}
${line('same, best F1', bestInMemory)}`);
  } finally {
    await embedder.close();
  }
}

await main();
