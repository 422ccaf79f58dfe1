import { maskSecrets } from '../../redact/maskSecrets.ts';
import { sanitize } from '../../views/text/sanitize.ts';

/** Text that may quote what came from outside, as it may go to a terminal: harmless, without secrets, its lines kept. */
export const safeText = (text: string): string =>
  maskSecrets(text, () => {})
    .split('\n')
    .map(sanitize)
    .join('\n');
