/** What the first screen of an incident does without, in one file: it is loaded once that is drawn, or when it is wanted. */
export { answerForm } from './late/answerForm.ts';
export { help, loginPage } from './late/aside.ts';
export { banner } from './late/banner.ts';
export { calmHead, pulse, sources } from './late/calm.ts';
export { moreStyle } from './late/moreStyle.ts';
