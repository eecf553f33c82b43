import { defineConfig } from 'vitest/config';

/**
 * The console against a running server with an agent: `npm run test:real` with its address, the owner's name and password in
 * SALLYPORT_URL, SALLYPORT_USER and SALLYPORT_PASSWORD. The acceptance tests start all of it.
 */
export default defineConfig({
  test: {
    include: ['dev/real/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
