import { universalSentenceEncoder } from '../../../src/embedders/universalSentenceEncoder.ts';
import { nodeIo } from '../../../src/io.ts';

/** Embeds one text with the model in the folder it is given, and ends without closing anything. */
const context = { io: nodeIo(), cacheDir: '', warn: () => {} };
const embedder = await universalSentenceEncoder.open({ model: process.argv[2], verify: false, backend: 'cpu' }, context);
const { fallback } = await embedder.embed(['disk full']);
console.log(`wanted ${fallback.length}, fallbacks ${fallback.filter(Boolean).length}`);
