import type { EmbedderFactory } from './embedder.ts';
import { http } from './http.ts';
import { lexical } from './lexical.ts';
import { universalSentenceEncoder } from './universalSentenceEncoder.ts';

/** Every embedder there is; nothing registers itself. The default comes first. */
export const embedders: readonly EmbedderFactory[] = [lexical, universalSentenceEncoder, http];
