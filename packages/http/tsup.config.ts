import { library } from '../../tools/tsup.ts';

// The transport on sockets keeps its file name, so that bundles for browsers can have another in its place.
export default library(['src/index.ts', 'src/testing/index.ts', 'src/transports/socket/socket-transport.ts', 'src/transports/socket/no-sockets.ts']);
