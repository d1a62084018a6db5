import { expect, it } from 'vitest';
import { SocketTransport } from './no-sockets.ts';

it('says what to use instead', () => {
  expect(() => new SocketTransport()).toThrow(expect.objectContaining({ code: 'unsupported', message: expect.stringContaining('fetchTransport()') as string }));
});
