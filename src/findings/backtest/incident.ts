/** An incident that people know of, as a list of them has it. Times are milliseconds of event time. */
export interface Incident {
  id: string;
  title: string;
  start: number;
  /** When it was over; null where the list does not say. */
  end: number | null;
  /** Which service or group it was of; null where the list does not say. */
  service: string | null;
}

const hour = 3_600_000;
/** A page that came at most so long before the record of an incident began is of it, milliseconds. */
export const foresight = hour;
/** How long an incident lasts whose end is not known, milliseconds. */
const assumed = hour;

/** Until when an incident lasts. */
export const incidentEnd = ({ start, end }: Incident): number => (end === null ? start + assumed : Math.max(start, end));

const generic: ReadonlySet<string> = new Set(['service', 'svc', 'api', 'app', 'server', 'prod', 'production', 'the', 'aws', 'lambda']);

/** Words of a name, without those that every service may have. */
const words = (name: string): string[] =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !generic.has(word));

/**
 * Whether a group is of a service as people call it: `Payments API` is `cloudwatch:/aws/lambda/payments`. All the words of
 * the service must be among those of the group; a name of common words alone must be the same name.
 */
export function isOfService(group: string, service: string): boolean {
  if (group === service) return true;
  const wanted = words(service);
  const there = new Set(words(group));
  return wanted.length > 0 && wanted.every((word) => there.has(word));
}
