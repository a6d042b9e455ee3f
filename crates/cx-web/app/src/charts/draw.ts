import type { ChartData } from '../document';
import { amounts } from './amounts';
import { backtest } from './backtest';
import { bands } from './bands';
import { bridge } from './bridge';
import { control } from './control';
import { density } from './density';
import { distribution } from './distribution';
import { eventStudy } from './event-study';
import { forest } from './forest';
import { grades } from './grades';
import { heatmap } from './heatmap';
import { pairs } from './pairs';
import { records } from './records';
import type { Drawing, Sheet } from './sheet';
import { survival } from './survival';
import { tornado } from './tornado';
import { trend } from './trend';

/** Charts that are one drawing; small multiples are one for each panel. */
export type SingleChart = Exclude<ChartData, { kind: 'small_multiples' }>;

/** The one place that knows which function draws which kind. */
export function draw(data: SingleChart, sheet: Sheet): Drawing {
  switch (data.kind) {
    case 'trend':
      return trend(data, sheet);
    case 'forest':
      return forest(data, sheet);
    case 'distribution':
      return distribution(data.bars, sheet);
    case 'bridge':
      return bridge(data.steps, data.format, sheet);
    case 'heatmap':
      return heatmap(data, sheet);
    case 'records':
      return records(data, sheet);
    case 'survival':
      return survival(data, sheet);
    case 'bands':
      return bands(data, sheet);
    case 'backtest':
      return backtest(data, sheet);
    case 'event_study':
      return eventStudy(data, sheet);
    case 'density':
      return density(data, sheet);
    case 'tornado':
      return tornado(data, sheet);
    case 'amounts':
      return amounts(data, sheet);
    case 'grades':
      return grades(data, sheet);
    case 'dumbbell':
    case 'calibration':
    case 'claims':
      return pairs(data, sheet);
    case 'control':
      return control(data, sheet);
  }
}
