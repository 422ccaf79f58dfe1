/** What the first screen of an incident does without, in one file: it is loaded when something of it is shown. */
export { calmHead, pulse, sources } from './calm.ts';
export { moreStyle } from './moreStyle.ts';
