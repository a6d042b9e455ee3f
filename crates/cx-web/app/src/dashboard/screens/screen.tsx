import type { VNode } from 'preact';
import type { Workspace } from '../client';
import { useShell } from '../shell';
import { MetricsScreen } from './metrics';
import { ReportScreen } from './report';
import { SegmentsScreen } from './segments';
import { SimulatorScreen } from './simulator';

/** The one place that knows which screen shows what. */
export function Screen({ workspace }: { workspace: Workspace }): VNode {
  const { place } = useShell();
  switch (place.screen) {
    case 'metrics':
      return <MetricsScreen workspace={workspace} />;
    case 'segments':
      return <SegmentsScreen workspace={workspace} />;
    case 'simulator':
      return <SimulatorScreen workspace={workspace} />;
    default:
      return <ReportScreen workspace={workspace} screen={place.screen} />;
  }
}
