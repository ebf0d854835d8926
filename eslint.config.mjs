import { readFileSync } from 'node:fs';
import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** The rooms of `tools`, each with the rooms that it may import: always ones that stand before it. `tools/src` may import every room. */
const ROOMS = JSON.parse(readFileSync(new URL('./tools/rooms.json', import.meta.url), 'utf8'));

export default tseslint.config(
  {
    ignores: [
      '**/dist',
      '**/metafiles',
      '**/node_modules',
      '**/.venv',
      'flink/target',
      '**/coverage',
      '**/cdktf.out',
      '.nx',
      '.run',
      '.toolchain',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@nx': nx },
    rules: {
      // Two dimensions of tags, declared in each project.json: `type` determines who may import a project, `scope`
      // names the part that it serves.
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          // tools/src/commands/modules.ts imports a command only when it is called; other files may import its project as usual.
          checkDynamicDependenciesExceptions: ['@ad-analytics/**'],
          depConstraints: [
            { sourceTag: 'type:lib', onlyDependOnLibsWithTags: ['type:lib'] },
            { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:lib'] },
            { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:lib', 'type:room'] },
            ...Object.entries(ROOMS).map(([room, below]) => ({
              sourceTag: `room:${room}`,
              onlyDependOnLibsWithTags: ['type:lib', ...below.map((name) => `room:${name}`)],
            })),
            { sourceTag: 'type:infra', onlyDependOnLibsWithTags: ['type:lib'] },
            { sourceTag: 'scope:contract', onlyDependOnLibsWithTags: ['scope:contract'] },
            { sourceTag: 'scope:ingest', onlyDependOnLibsWithTags: ['scope:contract', 'scope:ingest'] },
            { sourceTag: 'scope:serving', onlyDependOnLibsWithTags: ['scope:contract', 'scope:serving'] },
            {
              sourceTag: 'scope:platform',
              onlyDependOnLibsWithTags: ['scope:contract', 'scope:ingest', 'scope:serving', 'scope:platform'],
            },
          ],
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'off',
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: {
        require: 'readonly',
        module: 'writable',
        __dirname: 'readonly',
        process: 'readonly',
        console: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
  prettier,
);
