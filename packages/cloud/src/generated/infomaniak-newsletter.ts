// Made by tools/generate-registry.mjs from the packages of the workspace. Do not edit.
export * from '@cmx/infomaniak-newsletter';
