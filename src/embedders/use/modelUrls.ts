import { CaducusError } from '../../errors.ts';

/** Addresses of the files of one model. */
export interface ModelUrls {
  model: string;
  vocabulary: string;
  shard(path: string): string;
}

const hubModel = 'https://tfhub.dev/tensorflow/tfjs-model/universal-sentence-encoder-lite/1/default/1';
const hubVocabulary = 'https://storage.googleapis.com/tfjs-models/savedmodel/universal_sentence_encoder/vocab.json';

/** The places the sentence encoder's own package loads from; the hub wants `tfjs-format=file` on every file. */
const hub: ModelUrls = {
  model: `${hubModel}/model.json?tfjs-format=file`,
  vocabulary: hubVocabulary,
  shard: (path) => `${hubModel}/${path}?tfjs-format=file`,
};

/**
 * The addresses for `hub`, or for a mirror: the address of a folder that holds model.json, its shards and vocab.json.
 * A query (a signed address, say) is carried to every file. Throws CAD013 when it is no http(s) address.
 */
export function modelUrls(from: string): ModelUrls {
  if (from === 'hub') return hub;
  const base = URL.canParse(from) ? new URL(from) : null;
  if (base?.protocol !== 'http:' && base?.protocol !== 'https:')
    throw new CaducusError('CAD013', { path: 'model' }, `expected "hub" or an http(s) address, got ${JSON.stringify(from)}`);
  base.pathname = base.pathname.replace(/(\/model\.json|\/*)$/, '/');
  const of = (name: string) => {
    const url = new URL(name, base);
    url.search = base.search;
    return url.href;
  };
  return { model: of('model.json'), vocabulary: of('vocab.json'), shard: of };
}
