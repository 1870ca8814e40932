/**
 * The command line: one class per command, exit codes that scripts rely on, and nothing else. Only
 * the class of the command that is asked for is loaded, so that a start takes a fraction of a
 * second.
 */
package svasim.cli;
