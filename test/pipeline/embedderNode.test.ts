import { expect } from 'chai';
import type { CaducusErrors } from '../../src/errors.ts';
import { defineEmbedder } from '../../src/embedders/embedder.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import type { OperatorNode } from '../../src/pipeline/definition.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { extend, type Registry } from '../../src/pipeline/registry.ts';
import { operatorHash } from '../../src/run/checkpoint/optionHashes.ts';
import { z } from 'zod';

const fileWith = (memory: string) => `name: p
sources: { in: { stdin: {} } }
operators:
  - memory:
      ${memory.split('\n').join('\n      ')}
`;

function load(memory: string, registry: Registry = builtins): OperatorNode {
  return loadPipeline('p.yaml', fileWith(memory), { registry, variables: { env: {}, config: () => undefined } }).operators[0]!;
}

/** Code, line, column and what is wrong, of the first problem. */
function problem(memory: string): string {
  try {
    load(memory);
  } catch (error) {
    const [{ code, where, what, hint }] = (error as CaducusErrors).errors as [CaducusErrors['errors'][number]];
    return `${code} ${where.line}:${where.column} ${what} (${hint})`;
  }
  return 'nothing is wrong';
}

describe('the embedder of a pipeline file', () => {
  it('is the lexical one, which nobody has to open, when none is named', () => {
    const { options, embedder } = load('window: 1m');
    expect(options).to.include({ embedder: 'lexical', similarityThreshold: 0.8 });
    expect(embedder).to.equal(undefined);
  });

  it('is a name, or a name with its options, and brings its own threshold', () => {
    const plain = load('embedder: universal-sentence-encoder');
    expect(plain.options).to.include({ embedder: 'universal-sentence-encoder', similarityThreshold: 0.7 });
    expect(plain.embedder!.options).to.include({ backend: 'auto', batchSize: 16 });
    const http = load('embedder:\n  http: { url: "http://localhost:1/v1", model: m, batch_size: 8, max_wait: 1s }');
    expect(http.options).to.include({ embedder: 'http', similarityThreshold: 0.75 });
    expect(http.embedder!.options).to.include({ batchSize: 8, maxWait: 1000 });
  });

  it("judges by the threshold of the operator, else of the embedder's options", () => {
    const own = 'embedder: { universal-sentence-encoder: { similarity_threshold: 0.6 } }';
    expect(load(own).options).to.include({ similarityThreshold: 0.6 });
    expect(load(`${own}\nsimilarity_threshold: 0.9`).options).to.include({ similarityThreshold: 0.9 });
    expect(load('embedder: { lexical: { similarity_threshold: 0.85 } }').options).to.include({ similarityThreshold: 0.85 });
  });

  it('may change its address without making the state of the operator void', () => {
    const of = (url: string) => operatorHash(load(`embedder: { http: { url: "${url}", model: m } }`));
    expect(of('http://a/v1')).to.equal(of('http://b/v1'));
    expect(of('http://a/v1')).to.not.equal(operatorHash(load('window: 5m')));
  });

  it('is refused with line, column and what was meant', () => {
    expect(problem('embedder: htp')).to.equal('CAD016 5:17 unknown embedder "htp" (did you mean "http"?)');
    expect(problem('embedder: { lexicl: {} }')).to.equal('CAD016 5:19 unknown embedder "lexicl" (did you mean "lexical"?)');
    expect(problem('embedder: {}')).to.match(
      /^CAD013 5:17 no embedder is named here \(one of: lexical, universal-sentence-encoder, http\)$/,
    );
    expect(problem('embedder: { lexical: {}, http: {} }')).to.match(/^CAD013 5:32 2 embedders are named here, one is used/);
    expect(problem('embedder:\n  http: { url: "http://a/v1", model: m, batchsize: 8 }')).to.equal(
      'CAD014 6:47 unknown key "batchsize" (did you mean "batch_size"?)',
    );
    expect(problem('embedder:\n  http: { url: "http://a/v1", model: m, timeout: soon }')).to.match(
      /^CAD013 6:56 expected a length of time/,
    );
    expect(problem('embedder: http')).to.match(/^CAD015 5:17 "url" is missing/);
  });

  it('can be one that a program brings itself', () => {
    const own = defineEmbedder({
      name: 'house',
      summary: '',
      similarityThreshold: 0.5,
      options: z.strictObject({ folder: z.string() }),
      open: async () => expect.fail('checking opens nothing'),
    });
    const { options, embedder } = load('embedder: { house: { folder: x } }', extend(builtins, { embedders: [own] }));
    expect(options).to.include({ embedder: 'house', similarityThreshold: 0.5 });
    expect(embedder!.options).to.deep.equal({ folder: 'x' });
  });
});
