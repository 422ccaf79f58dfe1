import type { Json, JsonObject } from '../../event.ts';
import { listLinks, noContacts, readLabels, type Contacts } from '../../findings/owners/contacts.ts';
import type { RouteMatch } from '../../findings/owners/route.ts';
import type { Finding } from '../../signal.ts';
import type { SinkContext } from '../sink.ts';
import { Channel, fieldIn } from './channel.ts';
import { messageMaker } from './message.ts';
import { openReceiver } from './openReceiver.ts';
import type { RouteOptions, WebhookOptions } from './options.ts';
import { listCatalogRoutes, roleIn, routeFinding, writeOwner, type Route, type Target } from './routing.ts';

const severities = ['info', 'warning', 'critical'];
const rankState = (state: string): number => severities.indexOf(state.split(' ').at(-1)!);

/** The receivers of a sink: its own, one for each route, one for each that the catalog names; each with an outbox of its own. */
export class Channels {
  readonly #options: WebhookOptions;
  readonly #contacts: Contacts;
  readonly #own: Channel;
  readonly #routes: { route: Route; channel: Channel }[];

  private constructor(options: WebhookOptions, contacts: Contacts, own: Channel, routes: Channels['all']['routes']) {
    this.#options = options;
    this.#contacts = contacts;
    this.#own = own;
    this.#routes = routes;
  }

  static async open(options: WebhookOptions, context: SinkContext): Promise<Channels> {
    const contacts = context.contacts ?? noContacts;
    const own = await openChannel({ options, context, contacts, id: context.id, from: context.from, route: null });
    const named: { route: Route; given: Partial<RouteOptions> }[] = [
      ...options.route.map(({ name, when, continue: goesOn, ...given }) => ({ route: { name, when, goesOn }, given })),
      ...listCatalogRoutes(contacts, options).map((route) => ({
        route,
        given: options.format === 'pagerduty' ? { routingKey: routeKey(route) } : { channel: routeKey(route) },
      })),
    ];
    const saved = fieldIn(context.from, 'routes');
    const routes: Channels['all']['routes'] = [];
    for (const { route, given } of named) {
      const id = `${context.id}/${route.name}`;
      const from = fieldIn(saved, route.name);
      routes.push({ route, channel: await openChannel({ options: merged(options, given), context, contacts, id, from, route, given }) });
    }
    return new Channels(options, contacts, own, routes);
  }

  get all(): { own: Channel; routes: { route: Route; channel: Channel }[]; list: Channel[] } {
    return { own: this.#own, routes: this.#routes, list: [this.#own, ...this.#routes.map(({ channel }) => channel)] };
  }

  /**
   * The channels that get a finding. Who was sent it before is kept up to date; others are added when it has become graver
   * than anybody was sent, and for a note.
   */
  find(finding: Finding): Channel[] {
    const known = this.all.list.filter((channel) => channel.known(finding.id) !== null);
    const worst = Math.max(-1, ...known.map((channel) => rankState(channel.known(finding.id)!)));
    const isGraver = severities.indexOf(finding.severity) > worst;
    const routed = routeFinding(
      finding,
      this.#routes.map(({ route }) => route),
      this.#contacts,
      this.#options.format,
    );
    const added = routed.filter(({ as }) => known.length === 0 || isGraver || as === 'note').map((target) => this.#openChannel(target));
    return [...new Set([...known, ...added])];
  }

  #openChannel({ route: name }: Target): Channel {
    return this.#routes.find(({ route }) => route.name === name)?.channel ?? this.#own;
  }

  save(): JsonObject {
    const routes = Object.fromEntries(this.#routes.map(({ route, channel }) => [route.name, channel.save()]));
    return { ...this.#own.save(), ...(this.#routes.length > 0 && { routes }) };
  }
}

const routeKey = (route: Route): string => ('key' in route ? route.key : '');

/** The sink's options with those of a route in their place; where a route says where, it says all of where. */
function merged(options: WebhookOptions, given: Partial<RouteOptions>): WebhookOptions {
  const { token, tokenFile, routingKey, routingKeyFile, ...others } = options;
  const isElsewhere = given.url !== undefined && options.format === 'slack';
  const hasKey = given.routingKey !== undefined || given.routingKeyFile !== undefined;
  const hasToken = given.token !== undefined || given.tokenFile !== undefined;
  return {
    ...others,
    ...(!hasToken && !isElsewhere && { token, tokenFile }),
    ...(!hasKey && { routingKey, routingKeyFile }),
    ...given,
  };
}

interface Opening {
  options: WebhookOptions;
  context: SinkContext;
  contacts: Contacts;
  id: string;
  from: Json;
  route: Route | null;
  given?: Partial<RouteOptions>;
}

async function openChannel({ options, context, contacts, id, from, route, given }: Opening): Promise<Channel> {
  const message = messageMaker((finding) => {
    const as: RouteMatch = (route && roleIn(route, finding, contacts, options.format)) ?? 'page';
    const { silent = 0, sources = 0 } = context.standing?.() ?? {};
    return {
      owner: writeOwner(finding, contacts, as),
      links: listLinks(contacts, finding, given?.links),
      blind: { silent, of: sources },
      note: as === 'note',
    };
  });
  const labels = (finding: Finding) => readLabels(contacts, finding);
  const receiver = await openReceiver(options, context, message, labels);
  const fallback = options.fallback ? await openReceiver(options.fallback, context, message, labels) : null;
  return new Channel({ id, options, context, message, receiver, fallback, from });
}
