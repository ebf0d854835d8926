import { render } from 'preact';
import type { ReportData } from '../report/report-data';
import { Report } from './report';
import { followTheme } from './theme';
import './styles/tokens.css';
import './styles/layout.css';
import './styles/panels.css';
import './styles/report.css';

// Before anything is drawn, because charts read their colours when they are created.
followTheme(() => {});

const [root, data] = ['app', 'report'].map((id) => document.getElementById(id));
if (root && data) render(<Report {...(JSON.parse(data.textContent ?? '') as ReportData)} />, root);
