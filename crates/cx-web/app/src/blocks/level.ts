/** Charts, tables and cards stand one level below the last heading. */
export type Level = 'h3' | 'h4';
