import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { singleFile } from './build/single-file.ts';

/** The style and marks of the page without a script; the application builds on them. */
const page = fileURLToPath(new URL('../../cx-report/src/formats/html', import.meta.url));
/** The message catalogue, shared with the Rust side. */
const messages = fileURLToPath(new URL('../../cx-report/messages', import.meta.url));

/** The report is one file; the dashboard is a page with its script and style beside it, under names that stay. */
const PAGES = {
  report: { outDir: 'dist-report', rolldownOptions: { output: { format: 'iife' as const } } },
  dashboard: {
    outDir: 'dist-dashboard',
    rolldownOptions: {
      input: 'dashboard.html',
      output: { entryFileNames: 'assets/dashboard.js', assetFileNames: 'assets/dashboard[extname]' },
    },
  },
};

export default defineConfig(({ mode }) => ({
  // A served page has addresses of many levels, a file has none.
  base: mode === 'dashboard' ? '/' : './',
  resolve: { alias: { '#page': page, '#messages': messages } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { fs: { allow: ['.', page, messages] } },
  build: {
    target: 'es2022',
    ...(mode === 'dashboard' ? PAGES.dashboard : PAGES.report),
    // The folder's .gitignore stays, so that the Rust build always finds the folder.
    emptyOutDir: false,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    chunkSizeWarningLimit: 900,
  },
  plugins: mode === 'report' ? [singleFile()] : [],
  // The theme reads its colours from the style.
  test: { css: true, include: ['src/**/*.test.ts', 'build/**/*.test.ts'] },
}));
