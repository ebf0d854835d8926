// Nx's own command executor interprets `--env` as environment variables and rejects `--env dev`. This executor passes it to the command.
const { spawn } = require('node:child_process');
const path = require('node:path');

/**
 * @param {{ command: string, env?: string, application?: string, yes?: boolean, force?: boolean, rebuild?: boolean, print?: boolean }} options see environment-command.schema.json
 * @param {{ root: string }} context of Nx: folder of the workspace
 * @returns {Promise<{ success: boolean }>}
 */
module.exports = async function environmentCommand({ command, env, application, ...flags }, { root }) {
  const args = [
    path.join(root, 'infra', 'run.cjs'),
    command,
    ...(env === undefined ? [] : ['--env', env]),
    ...(application === undefined ? [] : ['--application', application]),
    ...['yes', 'force', 'rebuild', 'print'].filter((flag) => flags[flag]).map((flag) => `--${flag}`),
  ];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
    child.once('error', (error) => {
      console.error(error.message);
      resolve({ success: false });
    });
    child.once('exit', (code) => resolve({ success: code === 0 }));
  });
};
