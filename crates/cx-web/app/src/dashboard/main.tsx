import '#page/style/tokens.css';
import '#page/style/page.css';
import '#page/style/blocks.css';
import '#page/style/cards.css';
import '#page/style/tables.css';
import '#page/style/derivation.css';
import '../style/app.css';
import '../style/charts.css';
import '../style/dashboard.css';
import '#page/style/print.css';
import '../style/print.css';
import { render } from 'preact';
import { Dashboard } from './app';
import { Client } from './client';

const place = document.getElementById('app');
if (place) render(<Dashboard client={new Client()} />, place);
