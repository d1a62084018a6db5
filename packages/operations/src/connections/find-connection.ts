import { ConnectionsFile, getConnection, type Connection, type ConnectionOptions } from '@cmx/cloud';
import { InvalidArgumentError } from '@cmx/cloud-core';

/**
 * Finds the connection that operations of one provider work with: the one that was named; else the default one, if it is of the
 * type; else the only one of the type in the connections file; else the one that the environment makes up.
 *
 * @throws {NotFoundError} There is none of that name.
 * @throws {InvalidArgumentError} The named one is of another type, or there are several; or none is complete.
 */
export async function findConnection(type: string, name: string | undefined, defaultName: string | undefined, options: ConnectionOptions): Promise<Connection> {
  if (name !== undefined) return expectType(await getConnection(name, options), type);
  const stored = (await new ConnectionsFile(options.env ?? process.env, options.configDirectory).read()).filter((candidate) => candidate.type === type);
  const names = stored.map((candidate) => candidate.name);
  if (defaultName !== undefined && (defaultName === type || names.includes(defaultName))) return expectType(await getConnection(defaultName, options), type);
  if (names.length > 1) throw wrong(`There are several connections of type "${type}": say which with -c (${names.join(', ')})`, type);
  return getConnection(names[0] ?? type, options);
}

function expectType(connection: Connection, type: string): Connection {
  if (connection.type === type) return connection;
  throw wrong(`This needs a connection of type "${type}", and "${connection.name}" is of type "${connection.type}". Make one with: cmx configure NAME --type ${type}`, connection.name);
}

function wrong(reason: string, name: string): InvalidArgumentError {
  return new InvalidArgumentError(reason, { operation: 'openConnection', resource: { type: 'connection', name } });
}
