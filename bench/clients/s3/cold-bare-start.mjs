import { report } from './cold-report.mjs';

report();
