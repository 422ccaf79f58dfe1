export { thisProcess } from '../../io.ts';
