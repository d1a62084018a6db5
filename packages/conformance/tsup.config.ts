import { library } from '../../tools/tsup.ts';

export default library(['src/index.ts', 'src/bin.ts', 'src/fault-proxy/index.ts', 'src/msw/index.ts', 'src/report/index.ts']);
