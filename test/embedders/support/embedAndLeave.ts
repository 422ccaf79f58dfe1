import { universalSentenceEncoder } from '../../../src/embedders/universalSentenceEncoder.ts';
import { nodeIo } from '../../../src/io.ts';

/** Embeds one text with the model in the folder it is given, and ends without closing anything. */
let slow = false;
const context = { io: nodeIo(), cacheDir: '', warn: (message: string) => void (slow ||= message.includes('cpu backend')) };
const embedder = await universalSentenceEncoder.open({ model: process.argv[2], verify: false, backend: 'auto' }, context);
const { fallback } = await embedder.embed(['disk full']);
console.log(`wanted ${fallback.length}, fallbacks ${fallback.filter(Boolean).length}, slow ${slow}`);
