import { text } from '../shared/flags.ts';

/** Flags that several commands have which say something about a finding, a pattern or a group. */
export const whoFlag = { who: text('name', 'who says so (default: $USER)') };
export const linkFlag = { link: text('url', 'where more is written') };
