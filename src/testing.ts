/** For tests of what is built with caducus: marbles for operators, events to feed them, and an outside that does what it is set to. */
export { eventSignal } from './testing/eventSignal.ts';
export { describeSignal } from './testing/describeSignal.ts';
export { capturedScreen, testIo, type CapturedScreen, type TestIo, type TestIoOptions } from './testing/testIo.ts';
export { verify, type MarbleOptions } from './testing/verify.ts';
