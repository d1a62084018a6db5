interface Builtins {
  crypto: typeof import('node:crypto');
  'fs/promises': typeof import('node:fs/promises');
  path: typeof import('node:path');
  zlib: typeof import('node:zlib');
}

/** A module of the platform, where there is one: Node, Bun and Deno have it, browsers do not. */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] | undefined {
  return globalThis.process?.getBuiltinModule?.(`node:${name}`) as Builtins[Name] | undefined;
}
