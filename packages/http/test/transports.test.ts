import { fetchTransport, nodeHttpTransport, socketTransport, undiciTransport } from '../src/index.ts';
import { describeTransport } from './transport-suite.ts';

describeTransport({ name: 'undici', mostConnectionsInTurn: 2, make: undiciTransport, isFetch: false, keepsConnectionAfterHead: true });
describeTransport({ name: 'socket', mostConnectionsInTurn: 1, make: socketTransport, isFetch: false, keepsConnectionAfterHead: true });
describeTransport({ name: 'node:http', mostConnectionsInTurn: 1, make: nodeHttpTransport, isFetch: false, keepsConnectionAfterHead: true });
describeTransport({ name: 'fetch', mostConnectionsInTurn: 2, make: fetchTransport, isFetch: true, keepsConnectionAfterHead: false });
