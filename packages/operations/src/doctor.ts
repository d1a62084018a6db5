import { availability, ConnectionsFile, listConnections } from '@cmx/cloud';
import { CloudError } from '@cmx/cloud-core';
import { z } from 'zod';
import { defineOperation } from './operation.ts';
import type { OperationContext } from './operation-context.ts';

const finding = z.object({
  check: z.string(),
  status: z.enum(['ok', 'warning', 'problem']),
  detail: z.string(),
  fix: z.string().optional().describe('What mends it'),
});

type Finding = z.input<typeof finding>;

/** The oldest Node that is tested. */
const OLDEST_NODE = [22, 19] as const;

export const doctorOperation = defineOperation({
  name: 'cmx_doctor',
  summary: 'Check the installation, the connections file and each client',
  description: 'Sends nothing: `cmx connections test` tries the connections. Ends with 1 when there is a problem.',
  risk: 'READ',
  input: z.object({}),
  output: finding,
  returns: 'items',
  cli: { command: 'doctor', columns: ['status', 'check', 'detail', 'fix'], primary: 'check' },
  async *handler(_, context) {
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
