import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { z } from 'zod';
import { findTypeErrors, type Typed } from '../support/deploy/checkTypes.ts';
import { chart, readManifests, release, renderChart, secret, valuesWith, type Manifest } from '../support/deploy/chart.ts';

/** Values that reach every branch of the templates at least once. */
const releases: Record<string, Record<string, unknown>> = {
  'as it comes': { secret },
  'with all that can be switched on': {
    secret,
    forwarder: { enabled: true },
    serviceMonitor: { enabled: true, labels: { release: 'prometheus' } },
    env: { CADUCUS_TIME_ZONE: 'Europe/Berlin', WARMUP: '2h' },
    web: { hosts: ['radar.example', 'radar.internal'] },
    networkPolicy: { from: [{ podSelector: {} }], monitoringFrom: [{ namespaceSelector: { matchLabels: { name: 'monitoring' } } }] },
    persistence: { storageClass: 'fast' },
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ operator: 'Exists' }],
    affinity: { podAntiAffinity: {} },
  },
  'with what is there already': {
    secret: { existing: 'vault-radar' },
    persistence: { existingClaim: 'old-state' },
    web: { enabled: false },
    networkPolicy: { enabled: false },
    pipeline: 'name: mine\nsources:\n  logs: { stdin: {} }\n',
  },
};

interface Container {
  name: string;
  args: string[];
  env: { name: string; value?: string; valueFrom?: { secretKeyRef: { name: string; key: string } } }[];
  ports?: { name: string; containerPort: number }[];
  securityContext: Record<string, unknown>;
  volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[];
  image: string;
}
interface PodSpec {
  containers: Container[];
  volumes: { name: string }[];
  securityContext?: Record<string, unknown>;
  automountServiceAccountToken?: boolean;
  terminationGracePeriodSeconds?: number;
}

const manifestsWith = (values: Record<string, unknown>) => readManifests(renderChart(values));
const find = (manifests: readonly Manifest[], kind: string, name = release.Name) => {
  const found = manifests.find((one) => one.kind === kind && one.metadata.name === name);
  expect(found, `${kind} ${name}`).not.to.equal(undefined);
  return found as Manifest & { spec: Record<string, unknown> };
};
const podSpec = (manifest: Manifest) => (manifest['spec'] as { template: { spec: PodSpec } }).template.spec;
const podLabels = (manifest: Manifest) =>
  (manifest['spec'] as { template: { metadata: { labels: Record<string, string> } } }).template.metadata.labels;

/** The type of an object in the package kubernetes-types; null of what operators of others define. */
function typeFor({ apiVersion, kind }: Manifest): Pick<Typed, 'type' | 'module'> | null {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  if (group!.includes('.') && !group!.endsWith('.k8s.io')) return null;
  return { type: kind, module: `kubernetes-types/${group!.replace('.authorization.k8s.io', '').replace('.k8s.io', '')}/${version}` };
}

const helm = spawnSync('helm', ['version']).status === 0;

describe('the chart', function () {
  this.timeout(120_000);

  for (const [title, values] of Object.entries(releases)) {
    it(`${title}: consists of objects that the API of Kubernetes knows, key by key`, async () => {
      const typed = manifestsWith(values).flatMap((manifest) => {
        const type = typeFor(manifest);
        return type ? [{ name: `${manifest.kind} ${manifest.metadata.name}`, value: manifest, ...type }] : [];
      });
      expect(typed).to.have.length.above(2);
      expect(await findTypeErrors(typed)).to.deep.equal([]);
    });

    it(`${title}: refers to nothing that is not there`, () => {
      const manifests = manifestsWith(values);
      const given = (values['secret'] as { existing?: string }).existing;
      for (const manifest of manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'DaemonSet')) {
        const { containers, volumes } = podSpec(manifest);
        for (const { env, volumeMounts } of containers) {
          expect(volumes.map(({ name }) => name)).to.include.members(volumeMounts.map(({ name }) => name));
          for (const ref of env.flatMap(({ valueFrom }) => (valueFrom ? [valueFrom.secretKeyRef] : []))) {
            if (ref.name === given) continue;
            expect(find(manifests, 'Secret', ref.name)['stringData']).to.have.property(ref.key);
          }
        }
        for (const { configMap, persistentVolumeClaim } of volumes as {
          configMap?: { name: string };
          persistentVolumeClaim?: { claimName: string };
        }[]) {
          if (configMap) find(manifests, 'ConfigMap', configMap.name);
          if (persistentVolumeClaim && persistentVolumeClaim.claimName !== 'old-state')
            find(manifests, 'PersistentVolumeClaim', persistentVolumeClaim.claimName);
        }
      }
    });

    it(`${title}: its Service and its policy select the listener's pods, and no other ones`, () => {
      const manifests = manifestsWith(values);
      const listener = podLabels(find(manifests, 'Deployment'));
      const forwarder = manifests.find(({ kind }) => kind === 'DaemonSet');
      const selectors = [find(manifests, 'Service').spec['selector'] as Record<string, string>];
      if (manifests.some(({ kind }) => kind === 'NetworkPolicy'))
        selectors.push((find(manifests, 'NetworkPolicy').spec['podSelector'] as { matchLabels: Record<string, string> }).matchLabels);
      for (const selector of selectors) {
        expect(listener).to.include(selector);
        if (forwarder) expect(podLabels(forwarder)).not.to.include(selector);
      }
      const ports = podSpec(find(manifests, 'Deployment')).containers[0]!.ports!.map(({ name }) => name);
      expect((find(manifests, 'Service').spec['ports'] as { targetPort: string }[]).map(({ targetPort }) => targetPort)).to.deep.equal(
        ports,
      );
    });
  }

  it('runs one listener, as a user without rights, on a root that is read-only, without a word to the API', () => {
    const deployment = find(manifestsWith({ secret }), 'Deployment');
    expect(deployment.spec).to.deep.include({ replicas: 1, strategy: { type: 'Recreate' } });
    const pod = podSpec(deployment);
    expect(pod).to.include({ automountServiceAccountToken: false, terminationGracePeriodSeconds: 45 });
    expect(pod.securityContext).to.include({ runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000 });
    expect(pod.containers[0]!.securityContext).to.deep.equal({
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod.containers[0]!.volumeMounts.filter(({ readOnly }) => !readOnly).map(({ mountPath }) => mountPath)).to.deep.equal([
      '/var/lib/caducus',
      '/tmp',
    ]);
    const kinds = manifestsWith({ secret }).map(({ kind }) => kind);
    expect(kinds).not.to.include.oneOf(['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']);
  });

  it('forwards from the nodes and judges nothing there: pods and namespaces may be read, and no secret', () => {
    const manifests = manifestsWith({ secret, forwarder: { enabled: true } });
    const [container] = podSpec(find(manifests, 'DaemonSet', 'radar-forwarder')).containers;
    expect(container!.image).to.match(/^fluent\/fluent-bit:/);
    expect(find(manifests, 'ClusterRole', 'ops-radar-forwarder')['rules']).to.deep.equal([
      { apiGroups: [''], resources: ['namespaces', 'pods'], verbs: ['get', 'list', 'watch'] },
    ]);
    const config = parse((find(manifests, 'ConfigMap', 'radar-forwarder')['data'] as Record<string, string>)['fluent-bit.yaml']!) as {
      pipeline: { outputs: Record<string, unknown>[] };
    };
    expect(config.pipeline.outputs).to.deep.equal([
      { name: 'splunk', match: 'kube.*', host: 'radar', port: 8686, splunk_token: '${CADUCUS_TOKEN}', retry_limit: 'no_limits' },
    ]);
    expect(container!.env[0]).to.deep.include({ name: 'CADUCUS_TOKEN' });
  });

  it('makes a new pod for another pipeline and for another token, and for nothing else', () => {
    const annotations = (values: Record<string, unknown>) =>
      JSON.stringify(
        (find(manifestsWith(values), 'Deployment').spec['template'] as { metadata: { annotations: unknown } }).metadata.annotations,
      );
    const first = annotations({ secret });
    expect(annotations({ secret, serviceMonitor: { enabled: true } })).to.equal(first);
    expect(annotations({ secret, pipeline: 'name: mine\n' })).not.to.equal(first);
    expect(annotations({ secret: { ...secret, token: 'another-token' } })).not.to.equal(first);
  });

  it('says which secret lacks', () => {
    expect(() => renderChart({})).to.throw('secret.token: what senders have to say, 8 characters or more');
    expect(() => renderChart({ secret: { ...secret, httpToken: '' } })).to.throw('secret.httpToken: what is typed to see the radar');
  });

  it('knows its values by their schema, and refuses a misspelled one', () => {
    const schema = z.fromJSONSchema(JSON.parse(readFileSync(`${chart}/values.schema.json`, 'utf8')) as never);
    for (const values of Object.values(releases)) expect(schema.safeParse(valuesWith(values)).error).to.equal(undefined);
    expect(schema.safeParse(valuesWith({ persistance: { size: '1Gi' } })).success).to.equal(false);
    expect(schema.safeParse(valuesWith({ service: { port: 0 } })).success).to.equal(false);
    expect(schema.safeParse(valuesWith({ terminationGracePeriodSeconds: 30 })).success).to.equal(false);
  });

  it('is of the version of the package', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(parse(readFileSync(`${chart}/Chart.yaml`, 'utf8'))).to.include({ version, appVersion: version });
  });

  (helm ? it : it.skip)(`is rendered by helm as it is here, and passes its lint${helm ? '' : ' (skipped: there is no helm)'}`, () => {
    for (const values of Object.values(releases)) {
      const above = ['--values', '-'];
      const input = JSON.stringify(values);
      execFileSync('helm', ['lint', chart, '--strict', ...above], { input });
      const text = execFileSync('helm', ['template', release.Name, chart, '--namespace', release.Namespace, ...above], {
        input,
        encoding: 'utf8',
      });
      const named = (manifests: readonly Manifest[]) =>
        manifests
          .map(({ kind, metadata: { name }, ...more }) => ({ kind, name, more }))
          .toSorted((a, b) => `${a.kind} ${a.name}`.localeCompare(`${b.kind} ${b.name}`));
      const spec = (manifests: readonly Manifest[]) => named(manifests).map(({ kind, name }) => `${kind} ${name}`);
      expect(spec(readManifests({ 'all.yaml': text }))).to.deep.equal(spec(manifestsWith(values)));
    }
  });
});
