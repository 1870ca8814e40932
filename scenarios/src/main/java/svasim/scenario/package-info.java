/**
 * The scenario format: its records, and how a file becomes one of them. Profile, variant and values
 * from the command line are laid over each other as trees, before anything is bound, so that each
 * mistake is shown where it was written.
 */
package svasim.scenario;
