import { environmentNames, loadEnvironment } from './environments/load-environment';
import { synthesise } from './synthesise';

const asked = process.argv.slice(2);
synthesise((asked.length > 0 ? asked : environmentNames()).map((name) => loadEnvironment(name)));
