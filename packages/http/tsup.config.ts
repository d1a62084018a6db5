import { library } from '../../tools/tsup.ts';

export default library(['src/index.ts', 'src/testing/index.ts']);
