/** What the first picture does without, in one file: it is loaded beside it, and where it never comes the first picture stands. */
export { Desk } from './desk/desk.ts';
export { slideRows } from './desk/slide.ts';
export { loginPage } from './late/aside.ts';
export { moreStyle } from './late/moreStyle.ts';
