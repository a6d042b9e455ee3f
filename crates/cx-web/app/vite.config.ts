import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { singleFile } from './build/single-file.ts';

/** The style and marks of the page without a script; the application builds on them. */
const page = fileURLToPath(new URL('../../cx-report/src/formats/html', import.meta.url));
/** The message catalogue, shared with the Rust side. */
const messages = fileURLToPath(new URL('../../cx-report/messages', import.meta.url));

export default defineConfig(({ mode }) => ({
  base: './',
  resolve: { alias: { '#page': page, '#messages': messages } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { fs: { allow: ['.', page, messages] } },
  build: {
    target: 'es2022',
    outDir: mode === 'report' ? 'dist-report' : 'dist',
    // The folder's .gitignore stays, so that the Rust build always finds the folder.
    emptyOutDir: false,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    chunkSizeWarningLimit: 900,
    rolldownOptions: mode === 'report' ? { output: { format: 'iife' as const } } : {},
  },
  plugins: mode === 'report' ? [singleFile()] : [],
  // The theme reads its colours from the style.
  test: { css: true, include: ['src/**/*.test.ts', 'build/**/*.test.ts'] },
}));
