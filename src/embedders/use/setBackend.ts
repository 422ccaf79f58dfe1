import type { Backend } from './messages.ts';

type Tensorflow = typeof import('@tensorflow/tfjs-core');

/** What is imported, and the name it registers under. tfjs-node is not among our packages, so its types are unknown here. */
const packages: Record<Backend, { specifier: string; registered: string }> = {
  'tfjs-node': { specifier: '@tensorflow/tfjs-node', registered: 'tensorflow' },
  wasm: { specifier: '@tensorflow/tfjs-backend-wasm', registered: 'wasm' },
  cpu: { specifier: '@tensorflow/tfjs-backend-cpu', registered: 'cpu' },
};

/**
 * Makes a backend the one in use; false when its package is not installed. Rejects when it is and does not work: an
 * install of tfjs-node that was cut off throws whatever it likes on import.
 */
export async function setBackend(tf: Tensorflow, backend: Backend): Promise<boolean> {
  const { specifier, registered } = packages[backend];
  try {
    await import(specifier);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_MODULE_NOT_FOUND' && message.includes(specifier)) return false;
    throw error;
  }
  if (!(await tf.setBackend(registered))) throw new Error('it could not be initialised');
  await tf.ready();
  return true;
}
