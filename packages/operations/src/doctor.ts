import { availability, ConnectionsFile, listConnections } from '@cmx/cloud';
import { CloudError } from '@cmx/cloud-core';
import { z } from 'zod';
import { defineOperation } from './operation.ts';
import type { OperationContext } from './operation-context.ts';
import { probeEndpoint } from './storage/probe-endpoint.ts';

const finding = z.object({
  check: z.string(),
  status: z.enum(['ok', 'warning', 'problem', 'absent', 'untried']).describe('absent: the service does not have it; untried: this side cannot try'),
  detail: z.string(),
  fix: z.string().optional().describe('What mends it'),
  dialect: z.record(z.string(), z.unknown()).optional().describe('Of an S3 service, as a client takes it'),
});

export type Finding = z.input<typeof finding>;

/** The oldest Node that is tested. */
const OLDEST_NODE = [22, 19] as const;

export const doctorOperation = defineOperation({
  name: 'cmx_doctor',
  summary: 'Check the installation, the connections file and each client; or find out what an S3 endpoint can do',
  description:
    'Without an endpoint nothing is sent: `cmx connections test` tries the connections. Ends with 1 when there is a problem. ' +
    'With one, about a hundred small requests are sent, in a bucket that is deleted afterwards or in the one that is named.',
  risk: 'WRITE',
  riskOf: ({ endpoint }) => (endpoint === undefined ? 'READ' : 'WRITE'),
  input: z.object({
    endpoint: z.url({ protocol: /^https?$/ }).optional().describe('URL of an S3 service to probe'),
    bucket: z.string().optional().describe('Probe in this bucket. Default: one of its own'),
    connection: z.string().min(2).optional().describe('Connection whose keys and region are used for the probe. Default: the environment (AWS_ACCESS_KEY_ID …)'),
  }),
  output: finding,
  returns: 'items',
  cli: {
    command: 'doctor',
    arguments: [{ field: 'endpoint', label: 'ENDPOINT' }],
    columns: ['status', 'check', 'detail', 'fix'],
    primary: 'check',
    examples: [['cmx doctor http://127.0.0.1:9000 -c lab', 'what this service can do, tried with the keys of a connection']],
  },
  async *handler({ endpoint, ...input }, context) {
    if (endpoint !== undefined) {
      yield* probeEndpoint(endpoint, input, context);
      return;
    }
    yield checkNode(process.versions.node);
    yield* checkConnectionsFile(context);
    for (const { client, packageName, available, reason, install } of await availability()) {
      const status = available ? ('ok' as const) : ('warning' as const);
      yield { check: `${client} of ${packageName}`, status, detail: reason ?? 'available', fix: install };
    }
  },
});

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isTooOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  if (!isTooOld) return { check: 'Node', status: 'ok', detail: version };
  return { check: 'Node', status: 'problem', detail: `${version} is older than ${OLDEST_NODE.join('.')}`, fix: 'Install a maintained Node' };
}

async function* checkConnectionsFile(context: OperationContext): AsyncGenerator<Finding> {
  const file = new ConnectionsFile(context.connections.env ?? process.env, context.connections.configDirectory);
  const path = await file.path();
  try {
    const connections = await listConnections(context.connections);
    yield { check: 'Connections file', status: 'ok', detail: path };
    for (const { name, type, problem } of connections) {
      yield problem ? { check: `Connection ${name}`, status: 'problem', detail: problem, fix: `cmx configure ${name}` } : { check: `Connection ${name}`, status: 'ok', detail: type };
    }
  } catch (error) {
    if (!CloudError.is(error)) throw error;
    yield { check: 'Connections file', status: 'problem', detail: error.reason, fix: `Mend or remove ${path}` };
  }
  if (await file.isReadableByOthers()) yield { check: 'Connections file', status: 'warning', detail: 'Others than you may read it', fix: `chmod 600 ${path}` };
}
