import { afterEach, expect, it, vi } from 'vitest';
import { automaticTransport } from '../src/index.ts';

afterEach(() => vi.unstubAllGlobals());

it('is the one on sockets in Node', () => {
  expect(automaticTransport().name).toBe('socket');
});

it.each(['Deno', 'Bun'])('is fetch in %s, which only looks like Node', (runtime) => {
  vi.stubGlobal(runtime, {});
  expect(automaticTransport().name).toBe('fetch');
});

it('is fetch in a page of Electron, whatever it may reach', () => {
  vi.stubGlobal('process', { versions: process.versions, type: 'renderer' });
  expect(automaticTransport().name).toBe('fetch');
});

it('is fetch where there is no process', () => {
  vi.stubGlobal('process', undefined);
  expect(automaticTransport().name).toBe('fetch');
});
