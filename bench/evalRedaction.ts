/** `npm run eval:redaction [seed]`: share of the secrets found, share of the clean tokens spoilt, and which. */
import { judgeRedaction } from './support/judgeRedaction.ts';

const [seed] = process.argv.slice(2);
const { secrets, found, missed, tokens, spoilt } = judgeRedaction(seed === undefined ? undefined : Number(seed));
const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)} %`;
console.log(`secrets found   ${found} of ${secrets} (${percent(found, secrets)})`);
console.log(`tokens spoilt   ${spoilt.length} of ${tokens} (${percent(spoilt.length, tokens)})`);
for (const { kind, text } of missed) console.log(`missed   ${kind}: ${text.slice(41)}`);
for (const { token, line } of spoilt) console.log(`spoilt   ${token} in ${line.slice(41)}`);
