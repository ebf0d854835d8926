export { findLocalStack, LocalStackAddressError, type LocalStackAddress } from './local-stack-address';
export { findProjectRoot } from './project-root';
