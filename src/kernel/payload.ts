import type { Flow } from './machine.ts';

/** What a signal is about, under the name of its kind: its event, blip, radar, finding, ...; undefined where it holds none. */
export const payload = (flow: Flow): unknown => (Object.hasOwn(flow, flow.kind) ? Reflect.get(flow, flow.kind) : undefined);
