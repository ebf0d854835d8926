// Entry point of every npm script: sets the project up once, then runs the wanted command.
// Written for very old Node versions on purpose (no dependencies, no recent syntax), so that they print what is wrong
// instead of a syntax error. These versions are what the set-up itself needs; it installs the Node that everything else runs on.
import { createRequire } from 'module';

const REQUIRED_MAJOR = 20;
const REQUIRED_MINOR = 19;

const version = process.versions.node.split('.');
const major = Number(version[0]);
const minor = Number(version[1]);
if (major < REQUIRED_MAJOR || (major === REQUIRED_MAJOR && minor < REQUIRED_MINOR)) {
  console.error(
    'The set-up needs Node ' +
      REQUIRED_MAJOR +
      '.' +
      REQUIRED_MINOR +
      ' or newer; this is Node ' +
      process.versions.node +
      ' (' +
      process.execPath +
      ').\n' +
      'Get it from https://nodejs.org (LTS), or with a version manager: `nvm install 22`, `fnm install 22`, `brew install node@22`.\n' +
      'Then run the same command again; if packages were installed by the old version, delete node_modules first.',
  );
  process.exit(2);
}

createRequire(import.meta.url)('./main.cjs').main(process.argv.slice(2));
