import { render } from 'preact';
import { App } from './app';
import './styles/tokens.css';
import './styles/layout.css';
import './styles/panels.css';

const root = document.getElementById('app');
if (root) render(<App />, root);
