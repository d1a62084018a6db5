import { CloudProvider, MissingDependencyError } from '@cmx/cloud-core';

/**
 * Loads a package of the AWS SDK when it is first needed.
 *
 * @throws {MissingDependencyError} It is not installed.
 */
export async function loadSdk<Module>(packageName: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    throw new MissingDependencyError(packageName, { provider: CloudProvider.AWS, cause: error });
  }
}
