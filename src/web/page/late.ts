/** What the first screen of an incident does without, in one file: it is loaded once that is drawn, or when it is wanted. */
export { answerForm } from './answerForm.ts';
export { help, loginPage } from './aside.ts';
export { banner } from './banner.ts';
export { calmHead, pulse, sources } from './calm.ts';
export { moreStyle } from './moreStyle.ts';
