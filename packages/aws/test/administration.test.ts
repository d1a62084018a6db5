import { describeAdministration } from './administration.ts';
import { interceptService } from './intercepted.ts';

const intercepted = interceptService();
let count = 0;

describeAdministration('service in memory, intercepted', () => ({ client: intercepted.open(), name: () => `cmx-test-${String(++count)}` }));
