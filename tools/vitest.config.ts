import { mergeConfig } from 'vitest/config';
import shared from './vitest.ts';

export default mergeConfig(shared, { test: { name: 'tools', include: ['**/*.test.{ts,mjs}'] } });
