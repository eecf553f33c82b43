import { defineConfig } from 'vitest/config';

/** Tests of the built console in a real browser: `npm run build && npm run test:browser`. Needs a Chromium. */
export default defineConfig({
  test: {
    include: ['dev/browser/*.test.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
