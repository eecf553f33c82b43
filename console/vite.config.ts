import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { stubServer } from './dev/stub/plugin.ts';

/** Where the server finds the console: files of its class path, served under /console/. */
const OUTPUT = 'target/classes/META-INF/resources/console';

/** Browsers of the last two years; they know light-dark() and nested CSS, so nothing is rewritten for older ones. */
const BROWSERS = ['chrome125', 'edge125', 'firefox128', 'safari18'];

export default defineConfig({
  base: '/console/',
  plugins: [react(), stubServer(OUTPUT)],
  build: {
    outDir: OUTPUT,
    emptyOutDir: true,
    target: BROWSERS,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    rolldownOptions: {
      // The libraries change rarely: a browser keeps them while our own file is replaced.
      output: { codeSplitting: { groups: [{ name: 'libraries', test: /node_modules/ }] } },
    },
    license: { fileName: 'licenses.md' },
  },
  preview: { port: 4173, host: '127.0.0.1' },
  server: { port: 5173, host: '127.0.0.1' },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    css: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
